import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { fill, NotEmptyError, type FillProgress } from '../../bench/fill/fill.js';
import { createDatabase, type TestDatabase } from '../support/database.js';

const silent: FillProgress = { step: () => undefined, rows: () => undefined };
const DATA_SET = { seed: 1, experiments: 1000 };

describe('filling a database', () => {
  let database: TestDatabase;
  const rows = async (sql: string) => (await database.sql.query(sql)).rows;
  const structure = () =>
    rows(`
      SELECT indexdef AS definition FROM pg_indexes WHERE schemaname = 'public'
      UNION ALL
      SELECT conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid)
      FROM pg_constraint WHERE connamespace = 'public'::regnamespace
      ORDER BY definition`);
  let before: unknown[];

  beforeAll(async () => {
    database = await createDatabase();
    before = await structure();
    await fill(database.sql, DATA_SET, false, silent);
  });
  afterAll(() => database.drop());

  it('brings all its rows', async () => {
    expect(
      await rows(`SELECT (SELECT count(*)::int FROM projects) AS projects,
        (SELECT count(*)::int FROM experiments) AS experiments`),
    ).toEqual([{ projects: 201, experiments: 1000 }]);
  });

  it('leaves indexes, keys and constraints as they were', async () => {
    expect(await structure()).toEqual(before);
  });

  it('indexes exactly the numbers that are in the evaluations', async () => {
    const leaves = `SELECT e.experiment_id, leaf.key, leaf.value, e.model_id, e.project_id
      FROM experiments e, numeric_leaves(e.evaluations) leaf`;
    const indexed = `SELECT experiment_id, key, value, model_id, project_id FROM experiment_evaluations`;
    expect(
      await rows(`(${leaves} EXCEPT ${indexed}) UNION ALL (${indexed} EXCEPT ${leaves})`),
    ).toEqual([]);
    const [{ count }] = await rows(
      `SELECT count(DISTINCT key)::int FROM experiment_evaluations WHERE key LIKE 'per\\_class.class\\\\.%'`,
    );
    expect(count).toBe(2);
  });

  it('is refused where there are rows, and changes nothing', async () => {
    await expect(
      fill(database.sql, { ...DATA_SET, experiments: 200 }, false, silent),
    ).rejects.toThrow(NotEmptyError);
    expect(await rows('SELECT count(*)::int FROM experiments')).toEqual([{ count: 1000 }]);
    expect(await structure()).toEqual(before);
  });

  it('replaces what is there when it is told to, metrics and members too', async () => {
    await database.sql.query(
      `INSERT INTO project_members (project_id, member, role, created_by)
       SELECT project_id, 'user:ann', 'viewer', 'ben' FROM projects LIMIT 1`,
    );
    await database.sql.query(
      `INSERT INTO metric_series
         (experiment_id, key, count, last, last_step, last_timestamp, min, max)
       SELECT experiment_id, 'loss', 1, 0, 0, now(), 0, 0 FROM experiments LIMIT 1`,
    );
    await fill(database.sql, { ...DATA_SET, experiments: 200 }, true, silent);
    expect(await rows('SELECT count(*)::int FROM experiments')).toEqual([{ count: 200 }]);
    expect(await rows('SELECT FROM metric_series')).toEqual([]);
    expect(await rows('SELECT FROM project_members')).toEqual([]);
    expect(await structure()).toEqual(before);
  });

  it('undoes everything when it is broken off', async () => {
    const breakOff: FillProgress = {
      ...silent,
      step: (name) => {
        if (name === 'ix_experiment_evaluations_key') throw new Error('broken off');
      },
    };
    await expect(fill(database.sql, DATA_SET, true, breakOff)).rejects.toThrow('broken off');
    expect(await rows('SELECT count(*)::int FROM experiments')).toEqual([{ count: 200 }]);
    expect(await structure()).toEqual(before);
  });
});
