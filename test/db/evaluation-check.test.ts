import 'reflect-metadata';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { connect, type Connection } from '#database';
import { EvaluationCheckService, isInStep, type CheckReport } from '#experiment';
import pg from 'pg';
import { untilBlocked } from '../support/barrier.js';
import { createDatabase, type TestDatabase } from '../support/database.js';
import { outOfStep } from '../support/out-of-step.js';

let test: TestDatabase;
let connection: Connection;
let check: EvaluationCheckService;
beforeAll(async () => {
  test = await createDatabase();
  connection = await connect({
    databaseUrl: test.url,
    poolSize: 1,
    poolWaitMs: 10_000,
    queueSize: 10,
    statementTimeoutMs: 15_000,
  });
  check = new EvaluationCheckService(connection.database);
  await test.sql.query(
    `INSERT INTO projects (project_id, project_name) VALUES ('p', 'p'), ('q', 'q');
     INSERT INTO models (model_id, project_id, model_name) VALUES ('m', 'p', 'm'), ('n', 'q', 'n')`,
  );
});
afterAll(async () => {
  await connection[Symbol.asyncDispose]();
  await test.drop();
});
beforeEach(() => test.sql.query('TRUNCATE experiments CASCADE'));

/** Adds experiments with their rows of the index, as the service does. */
async function add(evaluations: Record<string, object | null>): Promise<void> {
  for (const [id, document] of Object.entries(evaluations)) {
    await test.sql.query(
      `WITH created AS (
         INSERT INTO experiments (experiment_id, project_id, model_id, model_version_id, evaluations)
         VALUES ($1, 'p', 'm', 'v', $2) RETURNING *)
       INSERT INTO experiment_evaluations (experiment_id, key, value, model_id, project_id)
       SELECT experiment_id, leaf.key, leaf.value, model_id, project_id
       FROM created, numeric_leaves(evaluations) leaf`,
      [id, document],
    );
  }
}

const look = (options: Partial<Parameters<EvaluationCheckService['run']>[0]> = {}) =>
  check.run({ repair: false, keep: 100, ...options });
const repair = (): Promise<CheckReport> => look({ repair: true });
const inStep = {
  differences: { not_in_index: 0, not_in_document: 0, value: 0, scope: 0 },
  differing_experiments: 0,
  repaired_experiments: 0,
  first: [],
};

/** What is done to the index, what is found of it, and the differences that are told. */
const damages: [string, string, Partial<CheckReport['differences']>, object[]][] = [
  [
    'a row that is missing',
    `DELETE FROM experiment_evaluations WHERE experiment_id = 'b' AND key = 'val.loss'`,
    { not_in_index: 1 },
    [
      {
        experiment_id: 'b',
        key: 'val.loss',
        kind: 'not_in_index',
        document: { value: '0.25', model_id: 'm', project_id: 'p' },
        index: null,
      },
    ],
  ],
  [
    'a row that no document has',
    `INSERT INTO experiment_evaluations VALUES ('b', 'old', 'NaN', 'm', 'p')`,
    { not_in_document: 1 },
    [
      {
        experiment_id: 'b',
        key: 'old',
        kind: 'not_in_document',
        document: null,
        index: { value: 'NaN', model_id: 'm', project_id: 'p' },
      },
    ],
  ],
  [
    'a row with another number',
    `UPDATE experiment_evaluations SET value = 0.9000000000000000000001
     WHERE experiment_id = 'a' AND key = 'accuracy'`,
    { value: 1 },
    [
      {
        experiment_id: 'a',
        key: 'accuracy',
        kind: 'value',
        document: { value: '0.9', model_id: 'm', project_id: 'p' },
        index: { value: '0.9000000000000000000001', model_id: 'm', project_id: 'p' },
      },
    ],
  ],
  [
    'rows with another model, or another project',
    `UPDATE experiment_evaluations SET model_id = 'n' WHERE experiment_id = 'a';
     UPDATE experiment_evaluations SET project_id = 'q' WHERE experiment_id = 'b' AND key = 'accuracy'`,
    { scope: 2 },
    [
      {
        experiment_id: 'a',
        key: 'accuracy',
        kind: 'scope',
        document: { value: '0.9', model_id: 'm', project_id: 'p' },
        index: { value: '0.9', model_id: 'n', project_id: 'p' },
      },
      {
        experiment_id: 'b',
        key: 'accuracy',
        kind: 'scope',
        document: { value: 'Infinity', model_id: 'm', project_id: 'p' },
        index: { value: 'Infinity', model_id: 'm', project_id: 'q' },
      },
    ],
  ],
  [
    'rows of experiments that are gone',
    `SET session_replication_role = replica;
     DELETE FROM experiments WHERE experiment_id IN ('a', 'd');
     RESET session_replication_role`,
    { not_in_document: 2 },
    [
      {
        experiment_id: 'a',
        key: 'accuracy',
        kind: 'not_in_document',
        document: null,
        index: { value: '0.9', model_id: 'm', project_id: 'p' },
      },
      {
        experiment_id: 'd',
        key: 'accuracy',
        kind: 'not_in_document',
        document: null,
        index: { value: '1', model_id: 'm', project_id: 'p' },
      },
    ],
  ],
  [
    'a row of a deleted experiment',
    `UPDATE experiments SET deleted_datetime = now() WHERE experiment_id = 'd';
     UPDATE experiment_evaluations SET value = 2 WHERE experiment_id = 'd'`,
    { value: 1 },
    [
      {
        experiment_id: 'd',
        key: 'accuracy',
        kind: 'value',
        document: { value: '1', model_id: 'm', project_id: 'p' },
        index: { value: '2', model_id: 'm', project_id: 'p' },
      },
    ],
  ],
];

describe('the check of the index of numbers', () => {
  const some = {
    a: { accuracy: 0.9 },
    b: { accuracy: 'Infinity', val: { loss: 0.25, note: 'text' } },
    c: null,
    d: { accuracy: 1 },
  };

  it('finds nothing in an empty database', async () => {
    expect(await look()).toEqual({ experiments: 0, numbers: 0, ...inStep });
  });

  it.each([1, 2, 3, 4, 1000])('finds nothing where all is in step, %d at a time', async (batch) => {
    await add(some);
    const seen: number[] = [];
    const report = await look({ batch, onBatch: ({ experiments }) => seen.push(experiments) });
    expect(report).toEqual({ experiments: 4, numbers: 4, ...inStep });
    expect(isInStep(report)).toBe(true);
    expect(seen).toHaveLength(Math.ceil(4 / batch));
  });

  describe.each(damages)('%s', (_, damage, differences, first) => {
    beforeEach(async () => {
      await add(some);
      await test.sql.query(damage);
    });

    it.each([1, 1000])('is found and named, %d at a time', async (batch) => {
      const report = await look({ batch });
      expect(report.differences).toEqual({ ...inStep.differences, ...differences });
      expect(report.first).toEqual(first);
      expect(report).toMatchObject({
        differing_experiments: new Set(report.first.map((each) => each.experiment_id)).size,
        repaired_experiments: 0,
      });
      expect(isInStep(report)).toBe(false);
    });

    it('is repaired', async () => {
      const report = await repair();
      expect(report.first).toEqual(first);
      expect(isInStep(report)).toBe(true);
      expect(await outOfStep(test.sql)).toEqual([]);
      expect(await look()).toMatchObject(inStep);
    });
  });

  it('tells as many differences as it is asked to, over all batches, and counts the others', async () => {
    await add(some);
    await test.sql.query('DELETE FROM experiment_evaluations');
    const report = await look({ keep: 3, batch: 1 });
    expect(report.first.map(({ experiment_id, key }) => [experiment_id, key])).toEqual([
      ['a', 'accuracy'],
      ['b', 'accuracy'],
      ['b', 'val.loss'],
    ]);
    expect(report.differences.not_in_index).toBe(4);
    expect(report.differing_experiments).toBe(3);
  });

  it('ends a batch early that is large', async () => {
    const large = { text: 'x'.repeat(9 * 1024 * 1024) };
    await add({ a: large, b: large, c: { accuracy: 1 } });
    const seen: number[] = [];
    const report = await look({ onBatch: ({ experiments }) => seen.push(experiments) });
    expect(seen).toEqual([2, 3]);
    expect(report).toMatchObject({ numbers: 1, ...inStep });
  });

  it('stops between batches when it is told to', async () => {
    await add(some);
    const controller = new AbortController();
    const seen: number[] = [];
    const work = look({
      batch: 1,
      signal: controller.signal,
      onBatch: ({ experiments }) => {
        seen.push(experiments);
        controller.abort(new Error('enough'));
      },
    });
    await expect(work).rejects.toThrow('enough');
    expect(seen).toEqual([1]);
  });
});

describe('while merges run', () => {
  let merger: pg.Client;
  beforeEach(async () => {
    merger = new pg.Client({ connectionString: test.url });
    await merger.connect();
    await add({ a: { accuracy: 0.5, old: 1 } });
  });
  afterEach(() => merger.end());

  const merge = (members: object): Promise<unknown> =>
    merger.query(`SELECT FROM merge_evaluations('a', $1)`, [members]);

  it('takes no write that is under way for a difference', async () => {
    await merger.query('BEGIN');
    await merge({ accuracy: 0.6, added: 1 });
    expect(await look()).toMatchObject({ numbers: 2, ...inStep });
    await merger.query('COMMIT');
    expect(await look()).toMatchObject({ numbers: 3, ...inStep });
  });

  it('repairs by the document that a merge it waited for has left', async () => {
    await test.sql.query(`UPDATE experiment_evaluations SET value = 7`);
    await merger.query('BEGIN');
    await merge({ accuracy: 0.6, old: 'gone', added: 1 });
    const repairing = repair();
    await untilBlocked(test.sql, 1);
    await merger.query('COMMIT');
    expect(isInStep(await repairing)).toBe(true);
    expect(await outOfStep(test.sql)).toEqual([]);
    const { rows } = await test.sql.query(
      'SELECT key, value FROM experiment_evaluations ORDER BY key',
    );
    expect(rows).toEqual([
      { key: 'accuracy', value: '0.6' },
      { key: 'added', value: '1' },
    ]);
  });

  it('loses nothing of a merge that waits for the repair', async () => {
    await test.sql.query(`UPDATE experiment_evaluations SET value = 7`);
    // Holds the repair up after it has locked the experiment: it cannot write this row yet.
    await test.sql.query('BEGIN');
    await test.sql.query(`SELECT FROM experiment_evaluations WHERE key = 'old' FOR UPDATE`);
    const repairing = repair();
    await untilBlocked(test.sql, 1);
    const merging = merge({ accuracy: 0.6, added: 1 });
    await untilBlocked(test.sql, 2);
    await test.sql.query('COMMIT');
    await Promise.all([repairing, merging]);
    expect(await outOfStep(test.sql)).toEqual([]);
    const { rows } = await test.sql.query(
      'SELECT key, value FROM experiment_evaluations ORDER BY key',
    );
    expect(rows).toEqual([
      { key: 'accuracy', value: '0.6' },
      { key: 'added', value: '1' },
      { key: 'old', value: '1' },
    ]);
  });
});
