import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { connect, type Connection } from '#database';
import pg from 'pg';
import { countPurge, Purge, type PurgeOptions } from '../../apps/cli/src/purge/purge.js';
import { untilBlocked } from '../support/barrier.js';
import { createDatabase, type TestDatabase } from '../support/database.js';
import { outOfStep } from '../support/out-of-step.js';

const DAY = 86_400;
const OLD = `now() - interval '40 days'`;
const NEW = `now() - interval '1 day'`;

/** Ids say where a record is and how long ago it was deleted. */
const RECORDS = `
  INSERT INTO projects (project_id, project_name, deleted_datetime) VALUES
    ('p', 'p', NULL), ('p-old', 'p', ${OLD}), ('p-new', 'p', ${NEW});
  INSERT INTO project_members (project_id, member, role, created_by) VALUES ('p-old', 'user:x', 'admin', 'x'), ('p', 'user:x', 'admin', 'x');
  INSERT INTO models (model_id, project_id, model_name, deleted_datetime) VALUES
    ('p.m', 'p', 'm', NULL), ('p.m-old', 'p', 'm', ${OLD}), ('p.m-new', 'p', 'm', ${NEW}),
    ('p-old.m', 'p-old', 'm', NULL), ('p-old.m-new', 'p-old', 'm', ${NEW}), ('p-new.m', 'p-new', 'm', NULL);
  INSERT INTO experiments (experiment_id, project_id, model_id, model_version_id, evaluations, deleted_datetime)
    SELECT m.model_id || '.' || e.name, m.project_id, m.model_id, 'v', '{"accuracy": 0.5}', e.deleted
    FROM models m, (VALUES ('e', NULL), ('e-old', ${OLD}), ('e-new', ${NEW})) e (name, deleted);
  INSERT INTO experiment_evaluations SELECT experiment_id, 'accuracy', 0.5, model_id, project_id FROM experiments;`;

let test: TestDatabase;
let connection: Connection;
beforeEach(async () => {
  test = await createDatabase();
  connection = await connect({
    databaseUrl: test.url,
    poolSize: 2,
    poolWaitMs: 10_000,
    queueSize: 10,
    statementTimeoutMs: 0,
  });
  await test.sql.query(RECORDS);
  await test.sql.query(
    `SELECT append_metrics(experiment_id, ARRAY['loss'], '[{"key": "loss", "step": 1, "value": 0.5}, {"key": "loss", "step": 2, "value": 0.25}]')
     FROM experiments`,
  );
  // Only what is live takes points; others had them before they were deleted.
  await test.sql.query(
    `INSERT INTO metric_series (experiment_id, key, count, last, last_step, last_timestamp, min, max)
     SELECT experiment_id, 'old', 1, 1, 1, now(), 1, 1 FROM experiments;
     INSERT INTO metric_points SELECT series_id, 1, now(), 1 FROM metric_series WHERE key = 'old';
     INSERT INTO experiment_evaluations SELECT e.experiment_id, n.key, n.value, e.model_id, e.project_id
     FROM experiments e, metric_numbers(e.experiment_id) n ON CONFLICT DO NOTHING`,
  );
});
afterEach(async () => {
  await connection[Symbol.asyncDispose]();
  await test.drop();
});

const purge = (options: Partial<PurgeOptions> = {}) =>
  new Purge(connection.database, { olderThan: 30 * DAY, ...options }).run();
const column = async (sql: string): Promise<unknown[]> => {
  const { rows } = await test.sql.query<{ value: unknown }>(sql);
  return rows.map(({ value }) => value);
};
const idsOf = (type: string) => column(`SELECT ${type}_id AS value FROM ${type}s ORDER BY 1`);

describe('a purge', () => {
  it('deletes what was deleted long enough ago with all below it, and nothing else', async () => {
    const foretold = await countPurge(connection.database, 30 * DAY);
    const left = {
      projects: ['p', 'p-new'],
      models: ['p-new.m', 'p.m', 'p.m-new'],
      experiments: [
        ...['p-new.m.e', 'p-new.m.e-new', 'p.m-new.e', 'p.m-new.e-new', 'p.m.e', 'p.m.e-new'],
      ],
    };
    const purged = await purge();
    expect(purged).toEqual({ projects: 1, models: 3, experiments: 12, points: 12 });
    expect(foretold).toEqual(purged);
    expect(await idsOf('project')).toEqual(left.projects);
    expect(await idsOf('model')).toEqual(left.models);
    expect(await idsOf('experiment')).toEqual(left.experiments);
    expect(await column('SELECT project_id AS value FROM project_members')).toEqual(['p']);
    expect(
      await column(
        `SELECT series_id AS value FROM metric_points WHERE series_id NOT IN (SELECT series_id FROM metric_series)`,
      ),
    ).toEqual([]);
    expect(await outOfStep(test.sql)).toEqual([]);
    expect(await purge()).toEqual({ projects: 0, models: 0, experiments: 0, points: 0 });
  });

  it('leaves an event of each record, without what was in it', async () => {
    await purge();
    const { rows } = await test.sql.query(
      `SELECT action, count(*)::int, count(before)::int + count(after)::int AS told, min(actor) AS actor
       FROM audit_events GROUP BY action ORDER BY action`,
    );
    const events = { told: 0, actor: 'command line' };
    expect(rows).toEqual([
      { action: 'experiment.purge', count: 12, ...events },
      { action: 'model.purge', count: 3, ...events },
      { action: 'project.purge', count: 1, ...events },
    ]);
  });

  it('goes on where it was interrupted', async () => {
    const stop = new AbortController();
    const onProgress = (): void => stop.abort(new Error('enough'));
    await expect(purge({ onProgress, signal: stop.signal })).rejects.toThrow('enough');
    expect(await idsOf('project')).toContain('p-old');
    expect(await idsOf('experiment')).toHaveLength(15);
    expect(await purge()).toMatchObject({ projects: 1, models: 3, experiments: 9 });
  });

  it('keeps from being restored what it has begun with', async () => {
    await test.sql.query(`BEGIN; SELECT FROM experiments WHERE model_id = 'p-old.m' FOR UPDATE`);
    const purging = purge();
    await untilBlocked(test.sql, 1);
    const other = new pg.Client({ connectionString: test.url });
    await other.connect();
    const restoring = other.query(
      `UPDATE projects SET deleted_datetime = NULL WHERE project_id = 'p-old'`,
    );
    await untilBlocked(test.sql, 2);
    await test.sql.query('COMMIT');
    expect((await restoring).rowCount).toBe(0);
    await other.end();
    expect(await purging).toMatchObject({ projects: 1 });
  });

  it('leaves alone what was restored before it came to it', async () => {
    await test.sql.query(
      `BEGIN; UPDATE projects SET deleted_datetime = NULL, project_name = 'q' WHERE project_id = 'p-old'`,
    );
    const purging = purge();
    await untilBlocked(test.sql, 1);
    await test.sql.query('COMMIT');
    expect(await purging).toMatchObject({ projects: 0, models: 1 });
    expect(await idsOf('model')).toContain('p-old.m');
  });
});
