import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Records } from '../support/records.js';
import { startService, type TestService } from '../support/service.js';
import { walk } from '../support/walk.js';

let service: TestService;
let records: Records;
beforeAll(async () => {
  service = await startService();
  records = new Records(service.http);
});
afterAll(() => service.stop());

interface Place {
  readonly rank: number;
  readonly value: unknown;
  readonly experiment: { readonly experiment_id: string };
}

/** A model with an experiment for each accuracy, the oldest first. */
async function modelWith(values: readonly unknown[]): Promise<{ modelId: string; ids: string[] }> {
  const { model_id: modelId } = await records.model();
  const ids: string[] = [];
  for (const accuracy of values) {
    const evaluations = accuracy === undefined ? null : { accuracy, 'F1 score': 1 };
    const one = await records.experiment({ model_id: modelId, evaluations });
    ids.push(one.experiment_id);
  }
  return { modelId, ids };
}

const boardOf = (modelId: string, query = ''): Promise<Place[]> =>
  walk(service.http, `/experiments/leaderboard?model_id=${modelId}&evaluation=accuracy${query}`);

describe('GET /experiments/leaderboard', () => {
  it('ranks numbers first, then NaN, then what has no number', async () => {
    const values = [0.5, 'NaN', 0.9, undefined, 'Infinity', 0.9, 'text', 0.1, '-Infinity', null];
    const { modelId, ids } = await modelWith(values);
    const places = (board: Place[]) =>
      board.map(({ rank, value, experiment }) => [
        rank,
        value,
        ids.indexOf(experiment.experiment_id),
      ]);
    for (const limit of [1, 3, 100]) {
      const query = `&limit=${String(limit)}`;
      expect(places(await boardOf(modelId, query))).toEqual([
        [1, 'Infinity', 4],
        [2, 0.9, 5],
        [2, 0.9, 2],
        [4, 0.5, 0],
        [5, 0.1, 7],
        [6, '-Infinity', 8],
        [7, 'NaN', 1],
        [8, null, 9],
        [8, null, 6],
        [8, null, 3],
      ]);
      expect(places(await boardOf(modelId, `${query}&order=asc`)).slice(0, 7)).toEqual([
        [1, '-Infinity', 8],
        [2, 0.1, 7],
        [3, 0.5, 0],
        [4, 0.9, 2],
        [4, 0.9, 5],
        [6, 'Infinity', 4],
        [7, 'NaN', 1],
      ]);
    }
  });

  it('answers whole experiments, ten at first, and takes a condition', async () => {
    const { modelId, ids } = await modelWith(Array.from({ length: 12 }, (_, i) => i / 100));
    const path = `/experiments/leaderboard?model_id=${modelId}&evaluation=accuracy`;
    const first = await service.http.get(path);
    expect(first.body).toHaveLength(10);
    const { body: experiment } = await service.http.get(`/experiments/id/${ids[11] ?? ''}`);
    expect(first.body[0]).toEqual({ rank: 1, value: 0.11, experiment });
    const where = encodeURIComponent('evaluations.accuracy BETWEEN 0.02 AND 0.03');
    const some = await service.http.get(`${path}&where=${where}`);
    expect(some.body.map(({ value }: Place) => value)).toEqual([0.03, 0.02]);
  });

  it('ranks a project, or everything, by any path', async () => {
    const { project_id } = await records.project();
    const make = async (evaluations: object) => {
      const { model_id } = await records.model({ project_id });
      return records.experiment({ model_id, evaluations });
    };
    const low = await make({ val: { 'F1 score': 0.1 } });
    const high = await make({ val: { 'F1 score': 0.2 } });
    await make({ 'val.F1 score': 0.3 });
    const evaluation = encodeURIComponent('val."F1 score"');
    for (const scope of [`&project_id=${project_id}`, '']) {
      const { body } = await service.http.get(
        `/experiments/leaderboard?evaluation=${evaluation}&limit=2${scope}`,
      );
      expect(body.map(({ experiment }: Place) => experiment.experiment_id)).toEqual([
        high.experiment_id,
        low.experiment_id,
      ]);
    }
  });

  it('leaves out what is deleted, itself or with its model', async () => {
    const { modelId, ids } = await modelWith([1, 2, 3]);
    await service.http.delete(`/experiments/id/${ids[1] ?? ''}`);
    expect((await boardOf(modelId)).map(({ value }) => value)).toEqual([3, 1]);
    await service.http.delete(`/models/id/${modelId}`);
    expect(await boardOf(modelId)).toEqual([]);
  });

  it.each([
    ['', 'evaluation'],
    ['evaluation=', 'evaluation'],
    ['evaluation=F1%20score', 'evaluation'],
    [`evaluation=${'x'.repeat(256)}`, 'evaluation'],
    ['evaluation=accuracy&order=best', 'order'],
    ['evaluation=accuracy&limit=0', 'limit'],
    ['evaluation=accuracy&model=x', 'model'],
    ['evaluation=accuracy&cursor=AAAA', 'cursor'],
    ['evaluation=accuracy&where=%3D', 'where'],
  ])('refuses "%s" and names what is wrong', async (query, name) => {
    const { status, body } = await service.http.get(`/experiments/leaderboard?${query}`);
    expect([status, body.errors?.[0]?.path]).toEqual([422, name]);
  });

  it('is the same page by page as at once, with ranks that count', async () => {
    const value = fc.constantFrom<unknown>(0, 1, 2, 'NaN', undefined);
    const holds = fc.asyncProperty(
      fc.array(value, { maxLength: 15 }),
      fc.integer({ min: 1, max: 6 }),
      fc.constantFrom('asc', 'desc'),
      async (values, limit, order) => {
        const { modelId } = await modelWith(values);
        const whole = await boardOf(modelId, `&limit=100&order=${order}`);
        const paged = await boardOf(modelId, `&limit=${String(limit)}&order=${order}`);
        expect(paged).toEqual(whole);
        whole.forEach(({ rank, value: own }, index) => {
          const before = whole[index - 1];
          expect(rank).toBe(before?.value === own ? before?.rank : index + 1);
        });
      },
    );
    await fc.assert(holds, { numRuns: 25 });
  });
});

describe('GET /models/best/{model_id}', () => {
  it('answers the first of the leaderboard', async () => {
    const { modelId, ids } = await modelWith([0.5, 0.9, 'NaN', 0.9, undefined, 0.2]);
    const best = async (query: string) =>
      (await service.http.get(`/models/best/${modelId}?evaluation=accuracy${query}`)).body;
    expect((await best('')).experiment_id).toBe(ids[3]);
    expect((await best('&order=asc')).experiment_id).toBe(ids[5]);
    expect((await best('&where=evaluations.accuracy%20%3C%200.9')).experiment_id).toBe(ids[0]);
  });

  it('is a 404 when there is no number to go by', async () => {
    const { modelId } = await modelWith(['NaN', undefined]);
    const best = async (id: string) => {
      const { status, body } = await service.http.get(`/models/best/${id}?evaluation=accuracy`);
      return [status, body.code];
    };
    expect(await best(modelId)).toEqual([404, 'EVALUATION_NOT_FOUND']);
    expect(await best('none')).toEqual([404, 'MODEL_NOT_FOUND']);
  });
});
