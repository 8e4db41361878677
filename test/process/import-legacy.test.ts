import { rm } from 'node:fs/promises';
import {
  afterAll,
  afterEach,
  beforeAll,
  beforeEach,
  describe,
  expect,
  it,
  jest,
} from '@jest/globals';
import { untilBlocked } from '../support/barrier.js';
import { modeldb, startModeldb } from '../support/command-line.js';
import { createDatabase, type TestDatabase } from '../support/database.js';
import { legacySqlite, type LegacyPlace } from '../support/legacy.js';

// Each test starts a process or more.
jest.setTimeout(60_000);

describe('modeldb import legacy', () => {
  let test: TestDatabase;
  let place: LegacyPlace;
  beforeAll(async () => {
    test = await createDatabase();
    place = await legacySqlite();
    await place.run(
      `INSERT INTO projects VALUES ('p', 'iris', NULL, '2021-01-01 00:00:00');
       INSERT INTO models VALUES ('m', 'x', 'm', NULL, '2021-01-01 00:00:00')`,
    );
  });
  afterAll(async () => {
    await place[Symbol.asyncDispose]();
    await test.drop();
  });
  const run = (...args: string[]) =>
    modeldb(['import', 'legacy', ...args], { DATABASE_URL: test.url });

  it('tells of each defect and of what became of the rows', async () => {
    const { exit, stdout, stderr } = await run(place.source);
    expect([exit, stderr]).toEqual([1, '']);
    expect(stdout.split('\n').slice(0, 4)).toEqual([
      'model "m" left out: orphan: its project "x" does not exist',
      'projects: 1 read, 1 imported, 0 already there, 0 left out',
      'models: 1 read, 0 imported, 0 already there, 1 left out',
      'experiments: 0 read, 0 imported, 0 already there, 0 left out',
    ]);
  });

  it('answers with lines of JSON when asked to, and with 0 where nothing is left out', async () => {
    await place.run('DELETE FROM models');
    const { exit, stdout } = await run(place.source, '--dry-run', '--json');
    const none = { read: 0, imported: 0, changed: 0, present: 0, left_out: 0 };
    expect([exit, JSON.parse(stdout)]).toEqual([
      0,
      {
        dry_run: true,
        summary: { project: { ...none, read: 1, present: 1 }, model: none, experiment: none },
      },
    ]);
  });

  it('does not take an option of another place for none', async () => {
    const { exit, stdout, stderr } = await modeldb(['import', '--dry-run', 'legacy', place.source]);
    expect([exit, stdout]).toEqual([2, '']);
    expect(stderr).toContain('the options of import legacy stand behind it');
  });

  it('is refused where there is nothing to read', async () => {
    expect(await run('/nowhere/old.db')).toEqual({
      exit: 2,
      stdout: '',
      stderr: 'There is no file /nowhere/old.db that can be read.\n',
    });
  });
});

describe('modeldb import legacy, ended in the middle', () => {
  let place: LegacyPlace;
  let tests: TestDatabase[];
  beforeAll(async () => {
    place = await legacySqlite();
    await place.run(
      `INSERT INTO projects VALUES ('p', 'iris', NULL, '2021-01-01 00:00:00');
       INSERT INTO models VALUES ('m', 'p', 'm', NULL, '2021-01-01 00:00:00');
       WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 6000)
       INSERT INTO experiments (experiment_id, model_id, model_version_id, evaluations, created_datetime)
       SELECT printf('%06d', i), 'm', 'v', '{"accuracy": ' || i || '}', '2021-01-01 00:00:00' FROM n`,
    );
  });
  afterAll(async () => {
    await place[Symbol.asyncDispose]();
  });
  beforeEach(async () => {
    tests = [await createDatabase(), await createDatabase()];
  });
  afterEach(() => Promise.all(tests.map((test) => test.drop())));

  const everything = async ({ sql }: TestDatabase): Promise<unknown> => {
    const { rows } = await sql.query(
      `SELECT (SELECT json_agg(e ORDER BY experiment_id) FROM experiments e) AS experiments,
         (SELECT json_agg(v ORDER BY experiment_id, key) FROM experiment_evaluations v) AS numbers,
         (SELECT json_agg(indexdef ORDER BY indexname) FROM pg_indexes WHERE schemaname = 'public') AS indexes,
         (SELECT json_agg(conname ORDER BY conname) FROM pg_constraint WHERE connamespace = 'public'::regnamespace) AS constraints`,
    );
    return rows[0];
  };
  /** Four batches wait for the model when it is killed. */
  const killAmidst = async ({ url, sql }: TestDatabase) => {
    await sql.query(`INSERT INTO projects (project_id, project_name, created_datetime, updated_datetime)
      VALUES ('p', 'iris', '2021-01-01Z', '2021-01-01Z')`);
    await sql.query(`INSERT INTO models (model_id, project_id, model_name, created_datetime, updated_datetime)
      VALUES ('m', 'p', 'm', '2021-01-01Z', '2021-01-01Z')`);
    await sql.query('BEGIN; SELECT FROM models FOR UPDATE');
    const { ended, signal } = startModeldb(['import', 'legacy', place.source], {
      DATABASE_URL: url,
    });
    await untilBlocked(sql, 4);
    signal('SIGKILL');
    const result = await ended;
    await sql.query('COMMIT');
    return result;
  };

  it('by SIGKILL, run again, is as one that was not', async () => {
    const [whole, test] = tests as [TestDatabase, TestDatabase];
    await modeldb(['import', 'legacy', place.source], { DATABASE_URL: whole.url });
    expect(await killAmidst(test)).toMatchObject({ exit: 'SIGKILL' });
    // As the command asks for; a process that is killed leaves it behind.
    await rm(`${place.source}.lock`, { recursive: true, force: true });
    const again = await modeldb(['import', 'legacy', place.source], { DATABASE_URL: test.url });
    expect(again.exit).toBe(0);
    expect(await everything(test)).toEqual(await everything(whole));
  });
});
