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

describe('POST /models', () => {
  it('answers 200 with the new model', async () => {
    const { project_id } = await records.project();
    const answer = await service.http.post('/models', { project_id, model_name: 'forest' });
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({
      model_id: expect.any(String),
      project_id,
      model_name: 'forest',
      description: null,
      tags: null,
      created_datetime: expect.any(String),
      updated_datetime: answer.body.created_datetime,
      deleted_datetime: null,
    });
  });

  it('answers the existing model of that name in that project, unchanged', async () => {
    const first = await records.model({ description: 'first' });
    const { project_id, model_name } = first;
    const again = await service.http.post('/models', { project_id, model_name, description: 'x' });
    expect(again.body).toEqual(first);
    const only = { headers: { 'if-none-match': '*' } };
    const refused = await service.http.post('/models', { project_id, model_name }, only);
    expect([refused.status, refused.body.code]).toEqual([412, 'MODEL_EXISTS']);
  });

  it('lets two projects use one name', async () => {
    const one = await records.model({ model_name: 'shared' });
    const other = await records.model({ model_name: 'shared' });
    expect(one.model_id).not.toBe(other.model_id);
    const { body } = await service.http.get('/models/name/shared');
    expect(body).toEqual([one, other]);
  });

  it('answers 404 under a missing project', async () => {
    const answer = await service.http.post('/models', { project_id: 'nope', model_name: 'm' });
    expect([answer.status, answer.body.code]).toEqual([404, 'PROJECT_NOT_FOUND']);
  });
});

describe('GET /models/…', () => {
  it('finds one by id, and answers 404 for none', async () => {
    const model = await records.model();
    expect((await service.http.get(`/models/id/${model.model_id}`)).body).toEqual(model);
    const missing = await service.http.get('/models/id/nope');
    expect([missing.status, missing.body.code]).toEqual([404, 'MODEL_NOT_FOUND']);
  });

  it('lists by project id, by project name and all, oldest first', async () => {
    const project = await records.project();
    const models = [];
    for (const model_name of ['z', 'y', 'x']) {
      models.push(await records.model({ project_id: project.project_id, model_name }));
    }
    const byId = await service.http.get(`/models/project-id/${project.project_id}`);
    const byName = await service.http.get(`/models/project-name/${project.project_name}`);
    const all = await service.http.get('/models/all');
    expect(byId.body).toEqual(models);
    expect(byName.body).toEqual(models);
    expect(all.body.slice(-3)).toEqual(models);
  });

  it.each(['/models/project-id/nope', '/models/project-name/nope', '/models/name/nope'])(
    '%s is an empty list',
    async (path) => {
      const answer = await service.http.get(path);
      expect([answer.status, answer.text]).toEqual([200, '[]']);
    },
  );
});
