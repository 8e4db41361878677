import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { modeldb } from '../support/command-line.js';
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
