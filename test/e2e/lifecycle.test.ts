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

const outcome = ({ status, body }: Answer): [number, string | undefined] => [status, body.code];
type Fields = Record<string, unknown>;
type Kind = 'project' | 'model' | 'experiment';

const restore = (kind: Kind, id: string) => service.http.send('POST', `/${kind}s/id/${id}/restore`);
const remove = (kind: Kind, id: string) => service.http.delete(`/${kind}s/id/${id}`);
const get = (kind: Kind, id: string) => service.http.get(`/${kind}s/id/${id}`);
const patch = (kind: Kind, id: string, body: object) =>
  service.http.patch(`/${kind}s/id/${id}`, body);

async function family() {
  const project = await records.project();
  const model = await records.model({ project_id: project.project_id });
  const experiment = await records.experiment({ model_id: model.model_id });
  return { project, model, experiment };
}

describe.each<[Kind, Fields, Fields]>([
  ['project', { description: 'old', tags: { a: '1', b: '2' } }, { project_name: 'renamed' }],
  ['model', { description: 'old', tags: { a: '1', b: '2' } }, { model_name: 'renamed' }],
  [
    'experiment',
    { description: 'old', tags: { a: '1', b: '2' }, test_dataset: 'old', evaluations: { a: 1 } },
    {
      experiment_name: 'renamed',
      model_version_id: 'v2',
      training_dataset: 'train',
      validation_dataset: 'validation',
    },
  ],
])('PATCH of a %s', (kind, initial, changed) => {
  it('sets what it is sent and keeps the rest', async () => {
    const before = await records[kind](initial);
    const { status, body } = await patch(kind, before[`${kind}_id`], changed);
    expect(status).toBe(200);
    expect(body).toEqual({ ...before, ...changed, updated_datetime: expect.any(String) });
    expect(body.updated_datetime > before.updated_datetime).toBe(true);
    expect((await get(kind, before[`${kind}_id`])).body).toEqual(body);
  });

  it('clears what is sent as null', async () => {
    const before = await records[kind](initial);
    const { body } = await patch(kind, before[`${kind}_id`], { description: null, tags: null });
    expect(body).toMatchObject({ description: null, tags: null });
  });

  it('merges tags: sets, keeps, removes', async () => {
    const before = await records[kind](initial);
    const { body } = await patch(kind, before[`${kind}_id`], { tags: { a: null, c: '3' } });
    expect(body.tags).toEqual({ b: '2', c: '3' });
    const bare = await records[kind]();
    const { body: tagged } = await patch(kind, bare[`${kind}_id`], { tags: { x: 'y' } });
    expect(tagged.tags).toEqual({ x: 'y' });
  });

  it('accepts application/merge-patch+json, and changes nothing for {}', async () => {
    const before = await records[kind](initial);
    const { status, body } = await service.http.send(
      'PATCH',
      `/${kind}s/id/${before[`${kind}_id`]}`,
      {
        json: {},
        headers: { 'content-type': 'application/merge-patch+json' },
      },
    );
    expect(status).toBe(200);
    expect(body).toEqual(before);
  });

  it('answers 404 for nothing, and for what is deleted', async () => {
    const code = `${kind.toUpperCase()}_NOT_FOUND`;
    expect(outcome(await patch(kind, 'nope', {}))).toEqual([404, code]);
    const { [`${kind}_id`]: id } = await records[kind]();
    await remove(kind, id);
    expect(outcome(await patch(kind, id, { description: 'x' }))).toEqual([404, code]);
  });
});

describe.each<Kind>(['project', 'model', 'experiment'])('DELETE and restore of a %s', (kind) => {
  const code = `${kind.toUpperCase()}_NOT_FOUND`;

  it('answers the deleted record, hides it, and brings it back as it was', async () => {
    const before = await records[kind]();
    const id = before[`${kind}_id`];
    const removed = await remove(kind, id);
    expect(removed.status).toBe(200);
    expect(removed.body).toMatchObject({
      [`${kind}_id`]: id,
      deleted_datetime: expect.any(String),
    });
    expect(outcome(await get(kind, id))).toEqual([404, code]);
    expect((await service.http.get(`/${kind}s/all`)).text).not.toContain(id);
    expect(outcome(await remove(kind, id))).toEqual([404, code]);
    const restored = await restore(kind, id);
    expect(restored.body).toEqual({ ...before, updated_datetime: restored.body.updated_datetime });
    expect((await get(kind, id)).body).toEqual(restored.body);
  });

  it('leaves a live record as it is, and answers 404 for nothing', async () => {
    const before = await records[kind]();
    expect((await restore(kind, before[`${kind}_id`])).body).toEqual(before);
    expect(outcome(await restore(kind, 'nope'))).toEqual([404, code]);
  });
});

describe('a name', () => {
  it.each<['project' | 'model', string]>([
    ['project', 'PROJECT_NAME_TAKEN'],
    ['model', 'MODEL_NAME_TAKEN'],
  ])(
    'of a deleted %s is free at once; restoring into it answers 409 and how to resolve it',
    async (kind, code) => {
      const before = await records[kind]();
      const { project_id, [`${kind}_name`]: name } = before;
      await remove(kind, before[`${kind}_id`]);
      const inSamePlace = kind === 'model' ? { project_id } : {};
      const heir = await records[kind]({ ...inSamePlace, [`${kind}_name`]: name });
      expect(heir[`${kind}_id`]).not.toBe(before[`${kind}_id`]);
      const refused = await restore(kind, before[`${kind}_id`]);
      expect(outcome(refused)).toEqual([409, code]);
      expect(refused.body.detail).toContain('Rename or delete');
      await patch(kind, heir[`${kind}_id`], { [`${kind}_name`]: `${name} (new)` });
      expect((await restore(kind, before[`${kind}_id`])).status).toBe(200);
    },
  );

  it('that another record has cannot be renamed to', async () => {
    const [one, other] = [await records.project(), await records.project()];
    const renamed = await patch('project', one.project_id, { project_name: other.project_name });
    expect(outcome(renamed)).toEqual([409, 'PROJECT_NAME_TAKEN']);
    const model = await records.model();
    const { model_id: id } = await records.model({ project_id: model.project_id });
    const refused = await patch('model', id, { model_name: model.model_name });
    expect(outcome(refused)).toEqual([409, 'MODEL_NAME_TAKEN']);
  });
});

describe('deleting a parent', () => {
  it('hides the whole subtree, everywhere', async () => {
    const { project, model, experiment } = await family();
    await patch('experiment', experiment.experiment_id, { model_version_id: 'only-here' });
    await remove('project', project.project_id);
    expect((await get('model', model.model_id)).status).toBe(404);
    expect((await get('experiment', experiment.experiment_id)).status).toBe(404);
    const paths = [
      '/models/all',
      `/models/project-id/${project.project_id}`,
      `/models/project-name/${project.project_name}`,
      `/models/name/${model.model_name}`,
      '/experiments/all',
      `/experiments/project-id/${project.project_id}`,
      `/experiments/model-id/${model.model_id}`,
    ];
    for (const path of paths) {
      expect((await service.http.get(path)).text).not.toContain(project.project_id);
    }
    expect((await service.http.get('/experiments/model-version-id/only-here')).status).toBe(404);
  });

  it('refuses everything below it', async () => {
    const { project, model, experiment } = await family();
    const { model_id } = model;
    const { experiment_id } = experiment;
    await remove('project', project.project_id);
    const attempts = [
      service.http.post('/models', { project_id: project.project_id, model_name: 'x' }),
      service.http.post('/experiments', { model_id, model_version_id: 'v' }),
      service.http.post(`/experiments/evaluations/${experiment_id}`, { evaluations: { a: 1 } }),
      patch('model', model_id, { description: 'x' }),
      patch('experiment', experiment_id, { description: 'x' }),
      remove('model', model_id),
      remove('experiment', experiment_id),
    ];
    for (const attempt of attempts) expect((await attempt).status).toBe(404);
  });

  it('restoring it brings back all but what was deleted by itself', async () => {
    const { project, model, experiment } = await family();
    const gone = await records.experiment({ model_id: model.model_id });
    await remove('experiment', gone.experiment_id);
    await remove('project', project.project_id);
    await restore('project', project.project_id);
    const { body } = await service.http.get(`/experiments/project-id/${project.project_id}`);
    expect(body).toEqual([experiment]);
  });

  it('a child cannot be restored before it', async () => {
    const { project, model, experiment } = await family();
    await remove('experiment', experiment.experiment_id);
    await remove('model', model.model_id);
    const early = await restore('experiment', experiment.experiment_id);
    expect(outcome(early)).toEqual([409, 'MODEL_DELETED']);
    await remove('project', project.project_id);
    expect(outcome(await restore('model', model.model_id))).toEqual([409, 'PROJECT_DELETED']);
    const blocked = await restore('experiment', experiment.experiment_id);
    expect(outcome(blocked)).toEqual([409, 'PROJECT_DELETED']);
    await restore('project', project.project_id);
    await restore('model', model.model_id);
    expect((await restore('experiment', experiment.experiment_id)).status).toBe(200);
  });
});
