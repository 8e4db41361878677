import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ClosedService } from '../support/closed-service.js';

let service: ClosedService;
beforeAll(async () => {
  service = await ClosedService.start({ quotas: { experiments: 5, points: 10 } });
});
afterAll(() => service.stop());

const model = async (project_id: string): Promise<string> =>
  (await service.ok('POST', '/models', { project_id, model_name: randomUUID() })).model_id;
const project = async (): Promise<string> =>
  (await service.ok('POST', '/projects', { project_name: randomUUID() })).project_id;
const body = (model_id: string) => ({ model_id, model_version_id: 'v' });

describe('a quota', () => {
  it('ends the experiments of a project, over all its models and ways to make them', async () => {
    const [mine, other] = [await project(), await project()];
    const models = [await model(mine), await model(mine), await model(other)] as const;
    const { key } = await service.makeKey('editor');
    const create = (id: string, more = {}) =>
      service.send(key, 'POST', '/experiments', body(id), more);
    const batch = (...ids: string[]) =>
      service.send(key, 'POST', '/experiments/batch', { experiments: ids.map(body) });
    const once = { headers: { 'idempotency-key': randomUUID() } };
    expect((await create(models[0], once)).status).toBe(200);
    expect((await batch(models[0], models[1], models[2])).status).toBe(200);
    expect((await batch(models[1], models[1], models[1])).body.code).toBe('QUOTA_EXCEEDED');
    expect((await batch(models[0], models[1])).status).toBe(200);
    const refused = await create(models[0]);
    expect([refused.status, refused.body.code]).toEqual([403, 'QUOTA_EXCEEDED']);
    expect(refused.body.detail).toMatch(/^A project may have 5 experiments, deleted ones included/);
    expect((await batch(models[2], models[1])).body.code).toBe('QUOTA_EXCEEDED');
    // What was written is answered again, and the other project has room.
    expect((await create(models[0], once)).status).toBe(200);
    expect((await create(models[2])).status).toBe(200);
    const { body: found } = await service.send(key, 'POST', '/experiments/search', {
      project_id: mine,
      count: true,
    });
    expect(found.count).toBe(5);
  });

  it('is kept by writers that come at once', async () => {
    const id = await model(await project());
    const { key } = await service.makeKey('editor');
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => service.send(key, 'POST', '/experiments', body(id))),
    );
    const made = answers.filter(({ status }) => status === 200);
    expect([made.length, answers.length - made.length]).toEqual([5, 15]);
  });

  it('ends the points of a project', async () => {
    const id = await model(await project());
    const [one, two] = [
      (await service.ok('POST', '/experiments', body(id))).experiment_id,
      (await service.ok('POST', '/experiments', body(id))).experiment_id,
    ];
    const { key } = await service.makeKey('editor');
    const append = async (experiment: string, count: number) => {
      const metrics = Array.from({ length: count }, (_, step) => ({ key: 'loss', step, value: 1 }));
      const answer = await service.send(key, 'POST', `/experiments/id/${experiment}/metrics`, {
        metrics,
      });
      return [answer.status, answer.body.code];
    };
    expect(await append(one, 6)).toEqual([200, undefined]);
    expect(await append(two, 5)).toEqual([403, 'QUOTA_EXCEEDED']);
    expect(await append(two, 4)).toEqual([200, undefined]);
    expect(await append(one, 1)).toEqual([403, 'QUOTA_EXCEEDED']);
  });

  it('is nothing to those who may not write there anyway', async () => {
    const full = await project();
    const id = await model(full);
    for (let count = 0; count < 5; count += 1) await service.ok('POST', '/experiments', body(id));
    const { key, key_id } = await service.makeKey('editor', [await project()]);
    expect((await service.send(key, 'POST', '/experiments', body(id))).body.code).toBe(
      'MODEL_NOT_FOUND',
    );
    await service.ok('PUT', `/projects/id/${full}/members`, {
      member: `key:${key_id}`,
      role: 'viewer',
    });
    expect((await service.send(key, 'POST', '/experiments', body(id))).body.code).toBe(
      'NOT_PERMITTED',
    );
    expect((await service.send(key, 'POST', '/experiments', body('nowhere'))).body.code).toBe(
      'MODEL_NOT_FOUND',
    );
  });
});
