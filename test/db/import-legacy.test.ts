import { open } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { connect } from '#database';
import { inBulk } from '../../apps/cli/src/legacy/bulk.js';
import type { Defect } from '../../apps/cli/src/legacy/defects.js';
import { LANES, LegacyImport } from '../../apps/cli/src/legacy/legacy-import.js';
import { openSource } from '../../apps/cli/src/legacy/open-source.js';
import { createDatabase, type TestDatabase } from '../support/database.js';
import {
  DEFECTS,
  legacyPostgres,
  legacySqlite,
  ROWS,
  type LegacyPlace,
} from '../support/legacy.js';
import { outOfStep } from '../support/out-of-step.js';

let test: TestDatabase;
beforeEach(async () => {
  test = await createDatabase();
});
afterEach(() => test.drop());

async function importLegacy(
  place: string,
  {
    dryRun = false,
    mend = false,
    signal,
  }: { dryRun?: boolean; mend?: boolean; signal?: AbortSignal } = {},
) {
  await using source = await openSource(place);
  await using connection = await connect({
    databaseUrl: test.url,
    poolSize: dryRun ? 1 : LANES,
    poolWaitMs: 10_000,
    queueSize: 10,
    statementTimeoutMs: 15_000,
  });
  const defects: Defect[] = [];
  const onDefect = (defect: Defect): void => void defects.push(defect);
  const options = { dryRun, mend, onDefect, ...(signal && { signal }) };
  const legacy = new LegacyImport(connection.database, source, options);
  const summary = await (dryRun ? legacy.run() : inBulk(test.url, () => legacy.run()));
  return { defects, summary };
}

/** Everything that an import could change. */
async function everything(): Promise<unknown> {
  const { rows } = await test.sql.query(
    `SELECT (SELECT json_agg(p ORDER BY project_id) FROM projects p) AS projects,
       (SELECT json_agg(m ORDER BY model_id) FROM models m) AS models,
       (SELECT json_agg(e ORDER BY experiment_id) FROM experiments e) AS experiments,
       (SELECT json_agg(v ORDER BY experiment_id, key) FROM experiment_evaluations v) AS numbers,
       (SELECT json_agg(a.after ORDER BY event_id) FROM audit_events a) AS events`,
  );
  return rows[0];
}

const row = async (text: string): Promise<unknown> => (await test.sql.query(text)).rows[0];
const counts = (read: number, imported: number, present: number, leftOut: number, changed = 0) => ({
  ...{ read, imported, changed, present, left_out: leftOut },
});

describe.each([
  ['PostgreSQL', legacyPostgres],
  ['SQLite', legacySqlite],
])('an import from %s', (_, makePlace: () => Promise<LegacyPlace>) => {
  it('keeps ids, times and values, tells of each defect, and imports everything else', async () => {
    await using place = await makePlace();
    await place.run(ROWS);
    const { defects, summary } = await importLegacy(place.source);
    expect(defects.map(({ id, problem }) => [id, problem])).toEqual(
      expect.arrayContaining(DEFECTS),
    );
    expect(defects).toHaveLength(DEFECTS.length);
    expect(summary).toEqual({
      project: counts(4, 1, 0, 3),
      model: counts(4, 1, 0, 3),
      experiment: counts(8, 2, 0, 6),
    });
    expect(await row(`SELECT to_jsonb(p) AS p FROM projects p`)).toEqual({
      p: {
        ...{ project_id: 'p1', project_name: 'iris', description: 'flowers', tags: null },
        created_datetime: '2021-03-04T05:06:07+00:00',
        updated_datetime: '2021-03-04T05:06:07+00:00',
        deleted_datetime: null,
      },
    });
    expect(await row('SELECT model_id, project_id, model_name, description FROM models')).toEqual({
      ...{ model_id: 'm1', project_id: 'p1', model_name: 'tree', description: 'a/b "c"' },
    });
    const first = await row(
      `SELECT model_version_id, project_id, parameters::text, training_dataset, validation_dataset, test_dataset,
         evaluations::text, artifact_file_paths, created_datetime = '2021-03-04 05:06:10.5Z' AS is_time_kept
       FROM experiments WHERE experiment_id = '1e5000'`,
    );
    expect(first).toEqual({
      ...{ model_version_id: 'v1', project_id: 'p1', is_time_kept: true },
      parameters: '{"lr": 0.10, "deep": {"a": [1, 2]}}',
      ...{ training_dataset: 'train', validation_dataset: null, test_dataset: 'test' },
      evaluations: '{"val": {"loss": 0.0000001}, "note": "NaN?", "accuracy": 0.9}',
      artifact_file_paths: { model: 's3://é' },
    });
    // Python's None.
    expect(await row(`SELECT parameters FROM experiments WHERE experiment_id = 'e2'`)).toEqual({
      parameters: null,
    });
    expect(await outOfStep(test.sql)).toEqual([]);
    expect(await row('SELECT count(*)::int FROM experiment_evaluations')).toEqual({ count: 2 });
    expect(await row(`SELECT actor, after FROM audit_events WHERE entity_id = 'models'`)).toEqual({
      actor: 'command line',
      after: { ids: ['m1'] },
    });
  });

  it('changes nothing the second time, nor as a dry run, which tells the same', async () => {
    await using place = await makePlace();
    await place.run(ROWS);
    const empty = await everything();
    const dry = await importLegacy(place.source, { dryRun: true });
    expect(await everything()).toEqual(empty);
    const first = await importLegacy(place.source);
    expect(dry).toEqual(first);
    const imported = await everything();
    const second = await importLegacy(place.source);
    expect(await everything()).toEqual(imported);
    expect(second.defects).toEqual(first.defects);
    expect(second.summary).toMatchObject({ experiment: counts(8, 0, 2, 6) });
  });

  it('imports with a change what can be, when it is told to', async () => {
    await using place = await makePlace();
    await place.run(ROWS);
    await importLegacy(place.source);
    const { defects, summary } = await importLegacy(place.source, { mend: true });
    expect(summary).toEqual({
      project: counts(4, 1, 1, 2, 1),
      model: counts(4, 2, 1, 1, 1),
      experiment: counts(8, 2, 2, 4, 1),
    });
    const changed = defects.filter(({ imported }) => imported).map(({ id }) => id);
    expect(changed).toEqual(['p2', 'm2', 'e4', 'e4']);
    expect(await row(`SELECT project_name FROM projects WHERE project_id = 'p2'`)).toEqual({
      project_name: 'iris (p2)',
    });
    expect(
      await row(`SELECT parameters, evaluations FROM experiments WHERE experiment_id = 'e4'`),
    ).toEqual({ parameters: { value: [1] }, evaluations: { value: 5 } });
    expect(await outOfStep(test.sql)).toEqual([]);
    const mended = await everything();
    await importLegacy(place.source, { mend: true });
    expect(await everything()).toEqual(mended);
  });

  it('does not touch what is here, and gives its children to nobody else', async () => {
    await test.sql.query(
      `INSERT INTO projects (project_id, project_name) VALUES ('here', 'iris'), ('p9', 'other')`,
    );
    await using place = await makePlace();
    await place.run(
      `INSERT INTO projects VALUES ('p1', 'iris', NULL, '2021-01-01 00:00:00'), ('p9', 'mine', NULL, '2021-01-01 00:00:00');
       INSERT INTO models VALUES ('m1', 'p9', 'tree', NULL, '2021-01-01 00:00:00')`,
    );
    const { defects } = await importLegacy(place.source);
    expect(defects.map(({ id, problem, detail }) => [id, problem, detail])).toEqual([
      ['p1', 'name_collision', 'there is another project called "iris"'],
      ['p9', 'duplicate_id', 'another project has this id here'],
      ['m1', 'orphan', 'its project "p9" was not imported'],
    ]);
    expect(await row('SELECT count(*)::int FROM models')).toEqual({ count: 0 });
  });
});

describe('an import', () => {
  it('takes what Python writes into SQLite where it is no JSON', async () => {
    await using place = await legacySqlite();
    await place.run(
      `INSERT INTO projects VALUES ('p', 'p', NULL, '2021-01-01 00:00:00');
       INSERT INTO models VALUES ('m', 'p', 'm', NULL, '2021-01-01 00:00:00');
       INSERT INTO experiments (experiment_id, model_id, model_version_id, evaluations, parameters, created_datetime) VALUES
         ('a', 'm', 'v', '{"loss": NaN, "max": -Infinity, "note": "NaN"}', NULL, '2021-01-01 00:00:00'),
         ('b', 'm', 'v', NULL, '{broken', '2021-01-01 00:00:00'),
         ('c', 'm', 'v', NULL, NULL, 'yesterday'), ('d', 'm', 'v', NULL, NULL, '2021-02-30 00:00:00'),
         ('${'é'.repeat(128)}', 'm', 'v', NULL, NULL, '2021-01-01 00:00:00')`,
    );
    const { defects } = await importLegacy(place.source);
    expect(defects.map(({ id, problem }) => [id, problem])).toEqual([
      ['b', 'not_json'],
      ['c', 'not_a_time'],
      ['d', 'not_a_time'],
      // An index could not keep it.
      ['é'.repeat(128), 'not_storable'],
    ]);
    expect(await row('SELECT evaluations FROM experiments')).toEqual({
      evaluations: { loss: 'NaN', max: '-Infinity', note: 'NaN' },
    });
    expect(await outOfStep(test.sql)).toEqual([]);
  });

  it.each([
    ['a file that is not there', '/nowhere/old.db', 'There is no file /nowhere/old.db'],
    [
      'a file of something else',
      'package.json',
      'Cannot read package.json: file is not a database',
    ],
    ['nobody', 'postgresql://u:hunter2@127.0.0.1:1/x', 'PostgreSQL at postgresql://127.0.0.1:1/x:'],
  ])('from %s is refused', async (_, place, message) => {
    const error: unknown = await openSource(place).catch((reason: unknown) => reason);
    expect(error).toMatchObject({
      name: 'StartupError',
      message: expect.stringContaining(message),
    });
    expect((error as Error).message).not.toContain('hunter2');
  });

  it('from a database that is not of the old service is refused', async () => {
    await expect(openSource(test.url)).rejects.toThrow('it is one of this service');
    await using place = await legacyPostgres();
    await place.run('DROP TABLE experiments');
    await expect(openSource(place.source)).rejects.toThrow('no table experiments');
    await place.run('ALTER TABLE models DROP COLUMN model_name');
    await expect(openSource(place.source)).rejects.toThrow('The table models has no model_name');
  });

  it('from a SQLite file in WAL mode says how to leave it', async () => {
    await using place = await legacySqlite();
    const file = await open(place.source, 'r+');
    // What the header of such a file says.
    await file.write(Buffer.from([2, 2]), 0, 2, 18);
    await file.close();
    await expect(openSource(place.source)).rejects.toThrow('PRAGMA journal_mode = DELETE');
  });

  it('reads what SQLAlchemy calls its places, and tables without what may be absent', async () => {
    await using place = await legacySqlite();
    await place.run(
      `ALTER TABLE projects DROP COLUMN description; ALTER TABLE projects RENAME TO project;
       INSERT INTO project VALUES ('p', 'p', '2021-01-01 00:00:00.5')`,
    );
    const { summary } = await importLegacy(`sqlite:///${place.source}`);
    expect(summary.project.imported).toBe(1);
    await using old = await legacyPostgres();
    const { defects } = await importLegacy(
      old.source.replace('postgresql:', 'postgresql+psycopg2:'),
    );
    expect(defects).toEqual([]);
  });
});
