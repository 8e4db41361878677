import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Answer } from '../support/http-client.js';
import { Records } from '../support/records.js';
import { startService, type TestService } from '../support/service.js';

let service: TestService;
let records: Records;
beforeAll(async () => {
  service = await startService();
  records = new Records(service.http);
});
afterAll(() => service.stop());

const search = (body: object): Promise<Answer> => service.http.post('/experiments/search', body);

describe('POST /experiments/search', () => {
  it('answers everything, oldest first, when nothing is asked', async () => {
    const made = [await records.experiment(), await records.experiment()];
    const { status, body } = await search({});
    expect(status).toBe(200);
    expect(body).toEqual({ experiments: made, next_cursor: null });
  });

  it('finds by numbers, texts, tags and names', async () => {
    const { model_id, project_id, model_name } = await records.model();
    const make = (accuracy: unknown, optimizer: string, team: string) =>
      records.experiment({
        model_id,
        evaluations: { accuracy },
        parameters: { optimizer: { name: optimizer } },
        tags: { team },
        training_dataset: `s3://${team}/train`,
      });
    const good = await make(0.95, 'adam', 'vision');
    const poor = await make(0.5, 'sgd', 'vision');
    const odd = await make('high', 'adam', 'text');
    const ids = async (where: string) => {
      const { status, body } = await search({ where, model_id });
      expect([status, body]).toMatchObject([200, { experiments: expect.any(Array) }]);
      return body.experiments.map((one: { experiment_id: string }) => one.experiment_id);
    };
    expect(await ids('evaluations.accuracy >= 0.9')).toEqual([good.experiment_id]);
    expect(await ids('NOT evaluations.accuracy >= 0.9')).toEqual([poor.experiment_id]);
    expect(await ids(`evaluations.accuracy = 'high'`)).toEqual([odd.experiment_id]);
    expect(await ids(`parameters.optimizer.name IN ('adam', 'x')`)).toEqual([
      good.experiment_id,
      odd.experiment_id,
    ]);
    expect(await ids(`tags.team = 'vision' AND evaluations.accuracy < 1`)).toEqual([
      good.experiment_id,
      poor.experiment_id,
    ]);
    expect(await ids(`training_dataset LIKE 's3://text/%' OR evaluations.accuracy = 0.5`)).toEqual([
      poor.experiment_id,
      odd.experiment_id,
    ]);
    expect(await ids(`model_name = '${model_name}'`)).toHaveLength(3);
    expect(await ids(`model_name = 'other'`)).toEqual([]);
    const inProject = await search({ project_id, count: true, limit: 1 });
    expect(inProject.body).toMatchObject({ count: 3, next_cursor: expect.any(String) });
  });

  it('answers an experiment once, however many of its values fit', async () => {
    const { model_id } = await records.model();
    const fitting = { a: 1, b: 1 };
    const one = await records.experiment({ model_id, evaluations: fitting, tags: { fits: 'yes' } });
    for (const where of [
      'evaluations.a = 1 OR evaluations.b = 1',
      `evaluations.a > 0 OR tags.fits = 'yes'`,
      'evaluations.a IN (1, 1.0) AND evaluations.b IN (1, 2)',
    ]) {
      const { body } = await search({ where, model_id, count: true });
      expect([where, body]).toEqual([where, { experiments: [one], next_cursor: null, count: 1 }]);
    }
  });

  it('orders by several things, absent values last, page by page', async () => {
    const { model_id } = await records.model();
    const values = [3, 1, 'NaN', 2, null, 2, 'text', 'Infinity', -1e-320, 'NaN', 2];
    const made: { experiment_id: string }[] = [];
    for (const [index, loss] of values.entries()) {
      made.push(
        await records.experiment({ model_id, evaluations: { loss }, parameters: { index } }),
      );
    }
    const walk = async (order: string[], limit: number) => {
      const found: unknown[] = [];
      let cursor: string | null = null;
      do {
        const { status, body }: Answer = await search({
          model_id,
          order_by: order,
          limit,
          fields: ['evaluations.loss', 'parameters.index'],
          ...(cursor !== null && { cursor }),
        });
        expect([status, body]).toMatchObject([200, {}]);
        for (const one of body.experiments) found.push(one['parameters.index']);
        cursor = body.next_cursor;
      } while (cursor !== null);
      return found;
    };
    for (const limit of [1, 2, 3, 11, 50]) {
      expect(await walk(['evaluations.loss'], limit)).toEqual([8, 1, 3, 5, 10, 0, 7, 2, 9, 4, 6]);
      expect(await walk(['evaluations.loss DESC'], limit)).toEqual([
        7, 0, 10, 5, 3, 1, 8, 9, 2, 6, 4,
      ]);
      expect(await walk(['evaluations.loss DESC', 'created_datetime'], limit)).toEqual([
        7, 0, 3, 5, 10, 1, 8, 2, 9, 4, 6,
      ]);
      expect(await walk(['parameters.index DESC'], limit)).toEqual([
        10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0,
      ]);
    }
  });
});
