import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { untilBlocked } from '../support/barrier.js';
import { outOfStep } from '../support/out-of-step.js';
import { Records } from '../support/records.js';
import { startService, type TestService } from '../support/service.js';

let service: TestService;
let records: Records;
beforeAll(async () => {
  service = await startService();
  records = new Records(service.http);
});
afterAll(() => service.stop());

const indexOf = async (experimentId: string): Promise<[string, string][]> => {
  const { rows } = await service.database.sql.query<{ key: string; value: string }>(
    `SELECT key, value FROM experiment_evaluations WHERE experiment_id = $1 ORDER BY key`,
    [experimentId],
  );
  return rows.map(({ key, value }) => [key, value]);
};
const merge = (experimentId: string, evaluations: object) =>
  service.http.post(`/experiments/evaluations/${experimentId}`, { evaluations });

describe('the index of numbers in evaluations', () => {
  it('holds every number, by its path, and nothing else', async () => {
    const { experiment_id } = await records.experiment({
      evaluations: {
        accuracy: 0.9,
        loss: 'NaN',
        bound: '-Infinity',
        text: '0.9',
        yes: true,
        none: null,
        list: [1, 2],
        empty: {},
        val: { accuracy: 0.8, deep: { er: 1e-320 } },
        'with.dot': 1,
        'back\\slash': 2,
        '': 3,
        'größe 🌱': 12345678901234567890n.toString(),
      },
    });
    expect(await indexOf(experiment_id)).toEqual([
      ['', '3'],
      ['accuracy', '0.9'],
      ['back\\\\slash', '2'],
      ['bound', '-Infinity'],
      ['loss', 'NaN'],
      ['val.accuracy', '0.8'],
      ['val.deep.er', expect.stringMatching(/^0\.0{319}1/)],
      ['with\\.dot', '1'],
    ]);
  });

  it('leaves out paths that are too long for an index, however deep', async () => {
    const deep = Array.from({ length: 190 }).reduce<object>((inner) => ({ key: inner }), { x: 1 });
    const { experiment_id } = await records.experiment({
      evaluations: { deep, ['é'.repeat(127)]: 1, ['é'.repeat(128)]: 2 },
    });
    expect(await indexOf(experiment_id)).toEqual([['é'.repeat(127), '1']]);
  });

  it('follows every merge: numbers appear, change, and go', async () => {
    const { experiment_id } = await records.experiment({
      evaluations: { accuracy: 0.5, val: { a: 1, b: 2 }, kept: 7 },
    });
    await merge(experiment_id, { accuracy: 'withdrawn', val: { b: 2, c: 3 }, added: 1 });
    expect(await indexOf(experiment_id)).toEqual([
      ['added', '1'],
      ['kept', '7'],
      ['val.b', '2'],
      ['val.c', '3'],
    ]);
  });

  it('agrees with the documents after any creates and merges', async () => {
    const key = fc.constantFrom('a', 'b', 'a.b', 'ü"', '__proto__');
    const leaf = fc.oneof(
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.constantFrom<unknown>('NaN', 'Infinity', 'text', null, true, 9007199254740992),
    );
    const document = fc.dictionary(
      key,
      fc.oneof(leaf, fc.dictionary(key, leaf), fc.array(leaf, { maxLength: 2 })),
    );
    const run = async (first: object | null, merges: object[]) => {
      const { experiment_id } = await records.experiment({ evaluations: first });
      for (const members of merges) {
        expect((await merge(experiment_id, members)).status).toBe(200);
      }
    };
    const histories = fc.asyncProperty(
      fc.option(document),
      fc.array(document, { maxLength: 4 }),
      run,
    );
    await fc.assert(histories, { numRuns: 60 });
    expect(await outOfStep(service.database.sql)).toEqual([]);
  });

  it('agrees with the documents when merges of the same keys wait for each other', async () => {
    const { sql } = service.database;
    const { experiment_id } = await records.experiment({ evaluations: {} });
    await sql.query('BEGIN');
    await sql.query('SELECT FROM experiments WHERE experiment_id = $1 FOR UPDATE', [experiment_id]);
    const merges = Array.from({ length: 10 }, (_, i) =>
      merge(experiment_id, {
        last: i % 2 === 0 ? i : `not a number ${String(i)}`,
        val: { [`only in ${String(i)}`]: i },
      }),
    );
    await untilBlocked(sql, 10);
    await sql.query('COMMIT');
    expect(new Set((await Promise.all(merges)).map(({ status }) => status))).toEqual(
      new Set([200]),
    );
    expect(await outOfStep(sql)).toEqual([]);
  });

  it('goes with an experiment that is purged', async () => {
    const { experiment_id } = await records.experiment({ evaluations: { accuracy: 1 } });
    await service.database.sql.query('DELETE FROM experiments WHERE experiment_id = $1', [
      experiment_id,
    ]);
    expect(await indexOf(experiment_id)).toEqual([]);
  });
});
