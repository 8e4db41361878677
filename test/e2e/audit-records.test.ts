import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { untilBlocked } from '../support/barrier.js';
import { eventsOf, told, withoutTimes } from '../support/events.js';
import { Records } from '../support/records.js';
import { startService, type TestService } from '../support/service.js';

let service: TestService;
let records: Records;
beforeAll(async () => {
  service = await startService();
  records = new Records(service.http);
});
afterAll(() => service.stop());

describe('changes of an experiment', () => {
  it('are told with the fields and keys that were changed, and with its project', async () => {
    const { http } = service;
    const experiment = await records.experiment({
      evaluations: { a: 1, b: 2 },
      tags: { team: 'x' },
    });
    const id = experiment.experiment_id as string;
    await http.post(`/experiments/evaluations/${id}`, { evaluations: { b: 3, c: 4, a: 1 } });
    await http.post(`/experiments/artifact-file-paths/${id}`, {
      artifact_file_paths: { model: 's3://m' },
    });
    await http.post(`/experiments/artifact-file-paths/${id}`, {
      artifact_file_paths: { log: 'l' },
    });
    await http.patch(`/experiments/id/${id}`, { description: 'd', tags: { team: null, x: 'y' } });
    await http.patch(`/experiments/id/${id}`, {});
    await http.delete(`/experiments/id/${id}`);
    await http.post(`/experiments/id/${id}/restore`);
    await http.post(`/experiments/id/${id}/restore`);
    const [created, ...events] = await eventsOf(service.http, id);
    expect(told(created!)).toEqual({
      action: 'experiment.create',
      before: null,
      after: experiment,
    });
    const deleted = { deleted_datetime: expect.any(String) };
    expect(events.map(withoutTimes)).toEqual([
      ['experiment.merge_evaluations', { evaluations: { b: 2 } }, { evaluations: { b: 3, c: 4 } }],
      [
        'experiment.merge_artifact_file_paths',
        { artifact_file_paths: null },
        { artifact_file_paths: { model: 's3://m' } },
      ],
      [
        'experiment.merge_artifact_file_paths',
        { artifact_file_paths: {} },
        { artifact_file_paths: { log: 'l' } },
      ],
      [
        'experiment.update',
        { description: null, tags: { team: 'x' } },
        { description: 'd', tags: { x: 'y' } },
      ],
      ['experiment.delete', { deleted_datetime: null }, deleted],
      ['experiment.restore', deleted, { deleted_datetime: null }],
    ]);
    const projects = [created!, ...events].map(({ project_id }) => project_id);
    expect(new Set(projects)).toEqual(new Set([experiment.project_id]));
  });

  it('that wait for others tell what those left: merges at once, in any order', async () => {
    const { http, database } = service;
    const { experiment_id: id } = await records.experiment({ evaluations: { n: 0 } });
    await database.sql.query('BEGIN');
    await database.sql.query('SELECT FROM experiments WHERE experiment_id = $1 FOR UPDATE', [id]);
    const merges = [1, 2, 3, 4].map((n) =>
      http.post(`/experiments/evaluations/${id as string}`, { evaluations: { n } }),
    );
    await untilBlocked(database.sql, merges.length);
    await database.sql.query('COMMIT');
    const answers = await Promise.all(merges);
    const [, ...events] = await eventsOf(service.http, id);
    let last: unknown = 0;
    for (const event of events) {
      const [, before, after] = withoutTimes(event);
      expect(before).toEqual({ evaluations: { n: last } });
      last = (after['evaluations'] as { n: number }).n;
    }
    expect(events).toHaveLength(4);
    for (const { body } of answers) {
      const past = await http.get(
        `/experiments/id/${id as string}/history?at=${body.updated_datetime as string}`,
      );
      expect(past.body).toEqual(body);
    }
  });

  it('of a batch are told one by one, and none of a batch that is refused', async () => {
    const { http } = service;
    const { model_id } = await records.model();
    const one = { model_id, model_version_id: 'v' };
    const { body } = await http.post('/experiments/batch', { experiments: [one, one] });
    for (const experiment of body as { experiment_id: string }[]) {
      expect((await eventsOf(service.http, experiment.experiment_id)).map(told)).toEqual([
        { action: 'experiment.create', before: null, after: experiment },
      ]);
    }
    const all = (await http.get('/audit/events')).body as object[];
    await http.post('/experiments/batch', { experiments: [one, { ...one, model_id: 'x' }] });
    await http.post('/experiments', { ...one, model_id: 'x' });
    expect((await http.get('/audit/events')).body).toHaveLength(all.length);
  });

  it('to its metrics are told by how many points were new', async () => {
    const { http } = service;
    const { experiment_id: id, project_id } = await records.experiment();
    const points = (...steps: number[]) =>
      steps.flatMap((step) => [
        { key: 'loss', value: 1, step, timestamp: '2026-01-01T00:00:00Z' },
        ...(step > 1 ? [{ key: 'f1', value: 1, step, timestamp: '2026-01-01T00:00:00Z' }] : []),
      ]);
    const path = `/experiments/id/${id as string}/metrics`;
    for (const metrics of [points(1, 2), points(1), points(1, 2, 3)]) {
      expect((await http.post(path, { metrics })).status).toBe(200);
    }
    const [, ...events] = await eventsOf(service.http, id);
    expect(events.map(told)).toEqual([
      { action: 'metrics.append', before: null, after: { points: { loss: 2, f1: 1 } } },
      { action: 'metrics.append', before: null, after: { points: { loss: 1, f1: 1 } } },
    ]);
    expect(events[0]?.project_id).toBe(project_id);
  });
});

describe('changes of a model', () => {
  it('are told, and nothing that is not one', async () => {
    const { http } = service;
    const model = await records.model();
    const { model_id: id, project_id, model_name } = model;
    await http.post('/models', { project_id, model_name });
    await http.post('/models/batch', { models: [{ project_id, model_name }] });
    await http.patch(`/models/id/${id as string}`, { model_name: 'renamed' });
    await http.delete(`/models/id/${id as string}`);
    await http.post(`/models/id/${id as string}/restore`);
    const [created, ...events] = await eventsOf(service.http, id);
    expect(told(created!)).toEqual({ action: 'model.create', before: null, after: model });
    const deleted = { deleted_datetime: expect.any(String) };
    expect(events.map(withoutTimes)).toEqual([
      ['model.update', { model_name }, { model_name: 'renamed' }],
      ['model.delete', { deleted_datetime: null }, deleted],
      ['model.restore', deleted, { deleted_datetime: null }],
    ]);
  });
});
