import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { ClosedService } from '../support/closed-service.js';
import { countStatements } from '../support/count-statements.js';

let service: ClosedService;
beforeAll(async () => {
  service = await ClosedService.start();
});
afterAll(() => service.stop());

const project = async (): Promise<string> =>
  (await service.ok('POST', '/projects', { project_name: randomUUID() })).project_id;
const model = async (project_id: string): Promise<string> =>
  (await service.ok('POST', '/models', { project_id, model_name: 'm' })).model_id;
const experiment = (model_id: string) =>
  service.ok('POST', '/experiments', { model_id, model_version_id: 'v' });

describe('keys for projects', () => {
  it('say for which, wherever they are told of', async () => {
    const ids = [await project(), await project()].sort();
    const made = await service.ok('POST', '/auth/keys', {
      name: 'k',
      role: 'editor',
      project_ids: ids.toReversed(),
    });
    expect([made.role, made.project_ids.toSorted()]).toEqual(['editor', ids]);
    const listed = await service.ok('GET', '/auth/keys');
    expect(listed.find((one: { key_id: string }) => one.key_id === made.key_id)).toMatchObject({
      role: 'editor',
      project_ids: ids,
    });
    const whoami = await service.send(made.key, 'GET', '/auth/whoami');
    expect(whoami.body).toEqual({
      subject: `key:${made.key_id}`,
      role: null,
      project_roles: Object.fromEntries(ids.map((id) => [id, 'editor'])),
      method: 'api_key',
      key_id: made.key_id,
      name: 'k',
      groups: null,
    });
    const next = await service.ok('POST', `/auth/keys/${made.key_id}/rotate`, {});
    expect([next.role, next.project_ids]).toEqual(['editor', ids]);
    const { body } = await service.send(next.key, 'GET', '/projects/all');
    expect(body.map((one: { project_id: string }) => one.project_id).sort()).toEqual(ids);
    const revoked = await service.ok('DELETE', `/auth/keys/${next.key_id}`);
    expect([revoked.role, revoked.project_ids]).toEqual(['editor', ids]);
  });

  it('are only made for projects that are there, and name those that are not', async () => {
    const gone = await project();
    await service.ok('DELETE', `/projects/id/${gone}`);
    const body = { name: 'k', role: 'viewer', project_ids: [await project(), gone, 'nowhere'] };
    const admin = await service.makeKey('admin');
    const before = (await service.ok('GET', '/auth/keys')).length;
    const answer = await service.send(admin.key, 'POST', '/auth/keys', body);
    expect([answer.status, answer.body.code, answer.body.errors]).toEqual([
      404,
      'PROJECT_NOT_FOUND',
      [
        { path: 'project_ids[1]', message: 'is no project' },
        { path: 'project_ids[2]', message: 'is no project' },
      ],
    ]);
    expect((await service.ok('GET', '/auth/keys')).length).toBe(before);
    for (const project_ids of [
      [],
      'x',
      [1],
      ['a', 'a'],
      Array.from({ length: 1001 }, randomUUID),
    ]) {
      const { status } = await service.send(admin.key, 'POST', '/auth/keys', {
        ...body,
        project_ids,
      });
      expect(status).toBe(422);
    }
  });

  it('cost no statement more than any other', async () => {
    const modelId = await model(await project());
    const { experiment_id, project_id } = await experiment(modelId);
    const { key } = await service.makeKey('editor', [project_id, await project()]);
    const rows: [method: string, path: string, body?: object][] = [
      ['GET', `/experiments/id/${experiment_id}`],
      ['GET', '/experiments/all?limit=10'],
      ['POST', '/experiments', { model_id: modelId, model_version_id: 'v' }],
      ['POST', `/experiments/evaluations/${experiment_id}`, { evaluations: { a: 1 } }],
      ['POST', '/experiments/search', {}],
    ];
    for (const [method, path, body] of rows) {
      const send = () => service.send(key, method, path, body);
      await send();
      expect([path, await countStatements(send)]).toEqual([path, 1]);
    }
  });
});

describe('what is seen of several projects', () => {
  it('comes in full pages, each record once, in both directions', async () => {
    const seen = [await project(), await project(), await project()];
    const hidden = [await project(), await project()];
    const models = await Promise.all([...seen, ...hidden].map(model));
    const made: { experiment_id: string }[] = [];
    for (let count = 0; count < 60; count += 1) {
      const index = (count * 7) % models.length;
      const one = await experiment(models[index] ?? '');
      if (index < seen.length) made.push(one);
    }
    const { key } = await service.makeKey('viewer', seen);
    const ids = made.map(({ experiment_id }) => experiment_id);
    const whole = await service.send(key, 'GET', '/experiments/all');
    expect(whole.body.map((one: { experiment_id: string }) => one.experiment_id)).toEqual(ids);
    for (const [order, expected] of [
      ['asc', ids],
      ['desc', ids.toReversed()],
    ] as const) {
      for (const where of ['', `&where=model_version_id%3D'v'`]) {
        const found: string[] = [];
        let path: string | undefined = `/experiments/all?limit=7&order=${order}${where}`;
        while (path !== undefined) {
          const { body, headers } = await service.send(key, 'GET', path);
          path = /<(.+)>; rel="next"/.exec(headers.get('link') ?? '')?.[1];
          if (path !== undefined) expect(body).toHaveLength(7);
          found.push(...body.map((one: { experiment_id: string }) => one.experiment_id));
        }
        expect(found).toEqual(expected);
      }
    }
    const { body } = await service.send(key, 'POST', '/experiments/search', {
      count: true,
      limit: 5,
    });
    expect([body.count, body.experiments.length]).toEqual([ids.length, 5]);
  });

  it('goes on where it was when a project more, or less, may be seen', async () => {
    const [one, other] = [await project(), await project()];
    for (const id of [one, other]) {
      const modelId = await model(id);
      for (let count = 0; count < 3; count += 1) await experiment(modelId);
    }
    const { key, key_id } = await service.makeKey('viewer', [one]);
    const first = await service.send(key, 'GET', '/experiments/all?limit=2');
    await service.ok('PUT', `/projects/id/${other}/members`, {
      member: `key:${key_id}`,
      role: 'viewer',
    });
    const next = /<(.+)>/.exec(first.headers.get('link') ?? '')?.[1] ?? '';
    const second = await service.send(key, 'GET', next);
    expect([second.status, second.body.length]).toEqual([200, 2]);
  });
});

describe('members', () => {
  it('are given roles, changed and taken out, at once', async () => {
    const id = await project();
    const { key, key_id } = await service.makeKey('viewer', [await project()]);
    const member = `key:${key_id}`;
    const path = `/projects/id/${id}`;
    const statuses = async () => [
      (await service.send(key, 'GET', path)).status,
      (await service.send(key, 'PATCH', path, { description: 'x' })).status,
      (await service.send(key, 'GET', `${path}/members`)).status,
    ];
    expect(await statuses()).toEqual([404, 403, 404]);
    for (const [role, expected] of [
      ['viewer', [200, 403, 403]],
      ['editor', [200, 200, 403]],
      ['admin', [200, 200, 200]],
    ] as const) {
      const put = await service.ok('PUT', `${path}/members`, { member, role });
      expect(put).toMatchObject({ member, role, created_by: 'administrator' });
      expect(await statuses()).toEqual(expected);
    }
    await service.ok('PUT', `${path}/members`, { member: 'group:ml / team', role: 'viewer' });
    expect(
      (await service.ok('GET', `${path}/members`)).map((one: object) =>
        Object.values(one).slice(0, 2),
      ),
    ).toEqual([
      ['group:ml / team', 'viewer'],
      [member, 'admin'],
    ]);
    await service.ok('DELETE', `${path}/members?member=${member}`);
    expect(await statuses()).toEqual([404, 403, 404]);
    const again = await service.send(
      (await service.makeKey('admin')).key,
      'DELETE',
      `${path}/members?member=${member}`,
    );
    expect([again.status, again.body.code]).toEqual([404, 'MEMBER_NOT_FOUND']);
  });

  it('are refused with what is wrong in them', async () => {
    const path = `/projects/id/${await project()}/members`;
    const { key } = await service.makeKey('admin');
    for (const member of [
      '',
      'ann',
      'key:x',
      'key:' + '0'.repeat(17),
      'user:',
      `group:${'x'.repeat(256)}`,
      'user:a\u0000',
      1,
      null,
    ]) {
      const { status, body } = await service.send(key, 'PUT', path, { member, role: 'viewer' });
      expect([member, status, body.errors[0].path]).toEqual([member, 422, 'member']);
    }
    const none = { member: `key:${'0'.repeat(16)}`, role: 'viewer' };
    expect((await service.send(key, 'PUT', path, none)).body.code).toBe('KEY_NOT_FOUND');
    expect(
      (await service.send(key, 'PUT', path, { member: 'user:ann', role: 'owner' })).status,
    ).toBe(422);
    expect((await service.send(key, 'DELETE', path)).status).toBe(422);
    expect((await service.send(key, 'GET', '/projects/id/nowhere/members')).status).toBe(404);
  });

  it('are known to other replicas within five seconds', async () => {
    const id = await project();
    const { key, key_id } = await service.makeKey('viewer', [await project()]);
    await using other = await ClosedService.start({
      databaseUrl: () => service.service.database.url,
    });
    const status = async () => (await other.send(key, 'GET', `/projects/id/${id}`)).status;
    expect(await status()).toBe(404);
    const end = Date.now() + 5000;
    await service.ok('PUT', `/projects/id/${id}/members`, {
      member: `key:${key_id}`,
      role: 'viewer',
    });
    while ((await status()) !== 200) expect(Date.now()).toBeLessThan(end);
  });

  it('begin with whoever makes a project', async () => {
    const { key, key_id } = await service.makeKey('editor');
    const names = [randomUUID(), randomUUID(), randomUUID()];
    const { body } = await service.send(key, 'POST', '/projects', { project_name: names[0] });
    const batch = await service.send(key, 'POST', '/projects/batch', {
      projects: names.map((project_name) => ({ project_name })),
    });
    for (const { project_id } of [body, ...batch.body]) {
      const answer = await service.send(key, 'GET', `/projects/id/${project_id}/members`);
      expect([answer.status, answer.body]).toMatchObject([
        200,
        [{ member: `key:${key_id}`, role: 'admin', created_by: `key:${key_id}` }],
      ]);
    }
    // One that was there is given to nobody.
    const there = await service.ok('POST', '/projects', { project_name: randomUUID() });
    await service.send(key, 'POST', '/projects', { project_name: there.project_name });
    expect(await service.ok('GET', `/projects/id/${there.project_id}/members`)).toEqual([]);
  });
});

describe('what may not be written', () => {
  it('is told apart from what is not there, and from what has changed', async () => {
    const id = await project();
    const modelId = await model(id);
    const { experiment_id } = await experiment(modelId);
    const elsewhere = await project();
    const { key } = await service.makeKey('editor', [elsewhere]);
    const viewerOf = async (role: string): Promise<string> => {
      const made = await service.makeKey('editor', [elsewhere]);
      await service.ok('PUT', `/projects/id/${id}/members`, { member: `key:${made.key_id}`, role });
      return made.key;
    };
    const [reader, writer] = [await viewerOf('viewer'), await viewerOf('editor')];
    const stale = { headers: { 'if-match': '"20200101000000000000"' } };
    for (const [method, path, body] of [
      ['PATCH', `/projects/id/${id}`, { description: 'x' }],
      ['PATCH', `/models/id/${modelId}`, { description: 'x' }],
      ['PATCH', `/experiments/id/${experiment_id}`, { description: 'x' }],
      ['POST', `/experiments/evaluations/${experiment_id}`, { evaluations: { a: 1 } }],
      ['POST', `/experiments/artifact-file-paths/${experiment_id}`, { artifact_file_paths: {} }],
      ['DELETE', `/experiments/id/${experiment_id}`, undefined],
      ['DELETE', `/models/id/${modelId}`, undefined],
      ['DELETE', `/projects/id/${id}`, undefined],
    ] as const) {
      const codes = [];
      for (const caller of [key, reader, writer]) {
        const { status } = await service.send(caller, method, path, body, stale);
        codes.push(status);
      }
      expect([method, path, codes]).toEqual([method, path, [404, 403, 412]]);
    }
  });

  it('is refused in a batch as a whole, naming what is not there', async () => {
    const [mine, seen, unseen] = [await project(), await project(), await project()];
    const models = [await model(mine), await model(seen), await model(unseen)];
    const { key, key_id } = await service.makeKey('editor', [mine]);
    await service.ok('PUT', `/projects/id/${seen}/members`, {
      member: `key:${key_id}`,
      role: 'viewer',
    });
    const experiments = (...which: number[]) =>
      service.send(key, 'POST', '/experiments/batch', {
        experiments: which.map((index) => ({ model_id: models[index], model_version_id: 'batch' })),
      });
    const makeModels = (...ids: string[]) =>
      service.send(key, 'POST', '/models/batch', {
        models: ids.map((project_id) => ({ project_id, model_name: randomUUID() })),
      });
    const told = ({ status, body }: Awaited<ReturnType<typeof experiments>>) => [
      status,
      body.code,
      body.errors?.map(({ path }: { path: string }) => path),
    ];
    expect((await experiments(0, 0)).status).toBe(200);
    expect(told(await experiments(0, 1))).toEqual([403, 'NOT_PERMITTED', undefined]);
    expect(told(await experiments(0, 1, 2))).toEqual([
      404,
      'MODEL_NOT_FOUND',
      ['experiments[2].model_id'],
    ]);
    expect((await makeModels(mine)).status).toBe(200);
    expect(told(await makeModels(mine, seen))).toEqual([403, 'NOT_PERMITTED', undefined]);
    expect(told(await makeModels(unseen, mine, seen))).toEqual([
      404,
      'PROJECT_NOT_FOUND',
      ['models[0].project_id'],
    ]);
    const { body } = await service.send(key, 'POST', '/experiments/search', {
      where: "model_version_id = 'batch'",
      count: true,
    });
    expect(body.count).toBe(2);
  });
});
