import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Records } from '../support/records.js';
import { startService, type TestService } from '../support/service.js';

let service: TestService;
let records: Records;
beforeAll(async () => {
  service = await startService();
  records = new Records(service.http);
});
afterAll(() => service.stop());

const FULL = {
  experiment_name: 'seed 7',
  description: 'a note',
  parameters: { optimizer: { name: 'adam', lr: 0.001 }, layers: [64, 32], bias: true, x: null },
  training_dataset: 's3://data/train',
  validation_dataset: 's3://data/validation',
  test_dataset: 's3://data/test',
  evaluations: { accuracy: 0.93, loss: 'NaN' },
  artifact_file_paths: { model: 's3://models/m.onnx' },
  tags: { commit: 'abc' },
};

describe('POST /experiments', () => {
  it('answers 200 with the new experiment, absent fields null', async () => {
    const model = await records.model();
    const answer = await service.http.post('/experiments', {
      model_id: model.model_id,
      model_version_id: 'v1',
    });
    expect(answer.status).toBe(200);
    const nothing = Object.fromEntries(Object.keys(FULL).map((key) => [key, null]));
    expect(answer.body).toEqual({
      ...nothing,
      experiment_id: expect.any(String),
      model_id: model.model_id,
      project_id: model.project_id,
      model_version_id: 'v1',
      created_datetime: expect.any(String),
      updated_datetime: answer.body.created_datetime,
      deleted_datetime: null,
    });
  });

  it('keeps everything it is given, and null like absent', async () => {
    const experiment = await records.experiment(FULL);
    expect(experiment).toMatchObject(FULL);
    expect((await records.experiment({ ...FULL, parameters: null })).parameters).toBeNull();
  });

  it('always makes a new one', async () => {
    const { model_id } = await records.model();
    const one = await records.experiment({ model_id });
    const other = await records.experiment({ model_id });
    expect(one.experiment_id).not.toBe(other.experiment_id);
  });

  it('answers 404 under a missing model', async () => {
    const body = { model_id: 'nope', model_version_id: 'v1' };
    const answer = await service.http.post('/experiments', body);
    expect([answer.status, answer.body.code]).toEqual([404, 'MODEL_NOT_FOUND']);
  });
});

describe('GET /experiments/…', () => {
  it('finds one by id, and answers 404 for none', async () => {
    const experiment = await records.experiment(FULL);
    const found = await service.http.get(`/experiments/id/${experiment.experiment_id}`);
    expect(found.body).toEqual(experiment);
    const missing = await service.http.get('/experiments/id/nope');
    expect([missing.status, missing.body.code]).toEqual([404, 'EXPERIMENT_NOT_FOUND']);
  });

  it('finds the newest of a version id, whatever the model', async () => {
    await records.experiment({ model_version_id: 'release-1' });
    const newest = await records.experiment({ model_version_id: 'release-1' });
    await records.experiment({ model_version_id: 'release-2' });
    const found = await service.http.get('/experiments/model-version-id/release-1');
    expect(found.body).toEqual(newest);
    const missing = await service.http.get('/experiments/model-version-id/nope');
    expect([missing.status, missing.body.code]).toEqual([404, 'EXPERIMENT_NOT_FOUND']);
  });

  it('lists by model, by project and all, oldest first', async () => {
    const project = await records.project();
    const { project_id } = project;
    const [a, b] = [await records.model({ project_id }), await records.model({ project_id })];
    const one = await records.experiment({ model_id: a.model_id });
    const two = await records.experiment({ model_id: b.model_id });
    const three = await records.experiment({ model_id: a.model_id });
    const byModel = await service.http.get(`/experiments/model-id/${a.model_id}`);
    const byProject = await service.http.get(`/experiments/project-id/${project_id}`);
    const all = await service.http.get('/experiments/all');
    expect(byModel.body).toEqual([one, three]);
    expect(byProject.body).toEqual([one, two, three]);
    expect(all.body.slice(-3)).toEqual([one, two, three]);
  });

  it.each(['/experiments/model-id/nope', '/experiments/project-id/nope'])(
    '%s is an empty list',
    async (path) => {
      const answer = await service.http.get(path);
      expect([answer.status, answer.text]).toEqual([200, '[]']);
    },
  );
});

describe.each([
  ['evaluations', 'evaluations'],
  ['artifact-file-paths', 'artifact_file_paths'],
])('POST /experiments/%s/{experiment_id}', (route, field) => {
  const merge = (id: string, value: object) =>
    service.http.post(`/experiments/${route}/${id}`, { [field]: value });

  it('sets the keys it is sent and keeps all others', async () => {
    const before = await records.experiment({ ...FULL, [field]: { kept: 1, changed: { a: 1 } } });
    const after = await merge(before.experiment_id, { changed: { b: 2 }, added: [3] });
    expect(after.status).toBe(200);
    expect(after.body).toEqual({
      ...before,
      [field]: { kept: 1, changed: { b: 2 }, added: [3] },
      updated_datetime: expect.any(String),
    });
    expect(after.body.updated_datetime > before.updated_datetime).toBe(true);
  });

  it('merges into null, and keeps a null as a value', async () => {
    const { experiment_id: id } = await records.experiment();
    expect((await merge(id, { a: null, b: 1 })).body[field]).toEqual({ a: null, b: 1 });
    expect((await merge(id, { b: null })).body[field]).toEqual({ a: null, b: null });
  });

  it('answers 404 for no experiment', async () => {
    const missing = await merge('nope', { a: 1 });
    expect([missing.status, missing.body.code]).toEqual([404, 'EXPERIMENT_NOT_FOUND']);
  });
});

describe('GET /health', () => {
  it('answers exactly {"status":"ok"}', async () => {
    const answer = await service.http.get('/health');
    expect([answer.status, answer.text]).toEqual([200, '{"status":"ok"}']);
  });
});
