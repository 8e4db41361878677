import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Records } from '../support/records.js';
import { startService, type TestService } from '../support/service.js';
import { walk } from '../support/walk.js';

// `npm run test:replicas` runs all tests over HTTP in this way.
let service: TestService;
let records: Records;
beforeAll(async () => {
  service = await startService({}, 2);
  records = new Records(service.http);
});
afterAll(() => service.stop());

describe('two services on one database, each asked in turn', () => {
  it('are two', () => {
    expect(new Set([service.http.url, service.http.url, service.http.url]).size).toBe(2);
  });

  it('make a project once, however many ask both at once', async () => {
    const names = Array.from({ length: 20 }, () => ({ project_name: 'the same' }));
    const answers = await Promise.all(names.map((name) => service.http.post('/projects', name)));
    expect(new Set(answers.map(({ body }) => body.project_id)).size).toBe(1);
  });

  it('see at once what the other has written', async () => {
    const { experiment_id: id } = await records.experiment();
    for (let i = 0; i < 6; i += 1) {
      const path = `/experiments/evaluations/${String(id)}`;
      await service.http.post(path, { evaluations: { [`k${String(i)}`]: i } });
      const { body } = await service.http.get(`/experiments/id/${String(id)}`);
      expect(Object.keys(body.evaluations)).toHaveLength(i + 1);
      // Otherwise all writes would go to one of them.
      await service.http.get('/health');
    }
  });

  it('carry out a write with a key once, and take the tags of one another', async () => {
    const { model_id } = await records.model();
    const headers = { 'idempotency-key': randomUUID() };
    const create = () =>
      service.http.post('/experiments', { model_id, model_version_id: 'v' }, { headers });
    const [first, second] = [await create(), await create()];
    expect(second.text).toBe(first.text);

    const path = `/experiments/id/${String(first.body.experiment_id)}`;
    const etag = (await service.http.get(path)).headers.get('etag') ?? '';
    const change = () =>
      service.http.send('PATCH', path, {
        json: { description: 'x' },
        headers: { 'if-match': etag },
      });
    expect([(await change()).status, (await change()).status]).toEqual([200, 412]);
  });

  it('go on with the lists of one another', async () => {
    const { model_id } = await records.model();
    const made = [];
    for (let i = 0; i < 5; i += 1) made.push(await records.experiment({ model_id }));
    const rows = await walk(service.http, `/experiments/model-id/${String(model_id)}?limit=1`);
    expect(rows).toEqual(made);
  });
});
