import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { HOSTILE_SEGMENTS, STORABLE_TEXTS } from '../support/hostile.js';
import { rawGet } from '../support/raw-get.js';
import { Records } from '../support/records.js';
import { startService, type TestService } from '../support/service.js';

let service: TestService;
let records: Records;
beforeAll(async () => {
  service = await startService();
  records = new Records(service.http);
});
afterAll(() => service.stop());

describe.each(STORABLE_TEXTS)('a name with %s', (_what, name) => {
  it('comes back exactly, in bodies and on the name routes', async () => {
    const project = await records.project({ project_name: name });
    expect(project.project_name).toBe(name);
    const model = await records.model({ project_id: project.project_id, model_name: name });
    expect(model.model_name).toBe(name);
    const experiment = await records.experiment({
      model_id: model.model_id,
      model_version_id: name,
      description: name,
      tags: { [name]: name },
      parameters: { [name]: [name] },
    });
    expect(experiment).toMatchObject({ model_version_id: name, description: name });
    expect(Object.entries(experiment.tags)).toEqual([[name, name]]);
    expect(Object.entries(experiment.parameters)).toEqual([[name, [name]]]);
    const encoded = encodeURIComponent(name);
    expect((await service.http.get(`/projects/name/${encoded}`)).body).toEqual(project);
    expect((await service.http.get(`/models/name/${encoded}`)).body).toEqual([model]);
    expect((await service.http.get(`/models/project-name/${encoded}`)).body).toEqual([model]);
    const version = await service.http.get(`/experiments/model-version-id/${encoded}`);
    expect(version.body).toEqual(experiment);
  });
});

const ONE = [
  '/projects/id/',
  '/projects/name/',
  '/models/id/',
  '/experiments/id/',
  '/experiments/model-version-id/',
  '/experiments/id/x/diff/',
];
const LISTS = [
  '/models/project-id/',
  '/models/project-name/',
  '/models/name/',
  '/experiments/model-id/',
  '/experiments/project-id/',
];

const ABOUT_ONE = [
  '/projects/id/{}/summary',
  '/models/id/{}/summary',
  '/models/id/{}/keys',
  '/experiments/id/{}/diff/x',
];

describe.each(HOSTILE_SEGMENTS)('%s in a path', (_what, segment, statuses) => {
  it.each([...ONE.map((path) => `${path}{}`), ...ABOUT_ONE])('%s', async (path) => {
    const { status, text } = await rawGet(service.http.url, path.replace('{}', segment));
    expect(statuses).toContain(status);
    expect(JSON.parse(text)).toMatchObject({ status, request_id: expect.any(String) });
  });

  it.each(LISTS)('%s…', async (path) => {
    const { status } = await rawGet(service.http.url, path + segment);
    expect(statuses.map((expected) => (expected === 404 ? 200 : expected))).toContain(status);
  });
});

describe('wrong methods', () => {
  it.each([
    ['PUT', '/projects', 'OPTIONS, POST'],
    ['DELETE', '/projects/all', 'GET, HEAD, OPTIONS'],
    ['POST', '/projects/id/x', 'DELETE, GET, HEAD, OPTIONS, PATCH'],
    ['GET', '/models', 'OPTIONS, POST'],
    ['PATCH', '/models/name/x', 'GET, HEAD, OPTIONS'],
    ['GET', '/experiments/evaluations/x', 'OPTIONS, POST'],
    ['PUT', '/experiments/id/x', 'DELETE, GET, HEAD, OPTIONS, PATCH'],
    ['POST', '/experiments/compare', 'GET, HEAD, OPTIONS'],
    ['POST', '/models/id/x/keys', 'GET, HEAD, OPTIONS'],
    ['POST', '/health', 'GET, HEAD, OPTIONS'],
  ])('%s %s: 405 with Allow', async (method, path, allow) => {
    const body = method === 'GET' ? {} : { raw: 'not looked at' };
    const answer = await service.http.send(method, path, body);
    expect([answer.status, answer.body.code]).toEqual([405, 'METHOD_NOT_ALLOWED']);
    expect(answer.headers.get('allow')).toBe(allow);
  });

  it.each(['PROPFIND', 'COPY', 'SEARCH', 'REPORT', 'TRACE', 'PURGE'])(
    '%s: 405 with Allow',
    async (method) => {
      const { status, headers } = await rawGet(service.http.url, '/projects/all', {}, method);
      expect([status, headers['allow']]).toEqual([405, 'GET, HEAD, OPTIONS']);
      expect((await rawGet(service.http.url, '/nowhere', {}, method)).status).toBe(404);
    },
  );

  it('OPTIONS tells the methods', async () => {
    const answer = await service.http.send('OPTIONS', '/projects');
    expect([answer.status, answer.headers.get('allow')]).toEqual([204, 'OPTIONS, POST']);
  });

  it('HEAD answers as GET would, without the body', async () => {
    const { project_id } = await records.project();
    const head = await service.http.send('HEAD', `/projects/id/${project_id}`);
    const got = await service.http.get(`/projects/id/${project_id}`);
    expect([head.status, head.text]).toEqual([200, '']);
    expect(head.headers.get('content-length')).toBe(got.headers.get('content-length'));
  });
});

describe('requests that are not requests', () => {
  it.each(['/project', '/projects/', '/projects/id', '/projects/id/', '/experiments/search/x'])(
    '%s: 404 with a code',
    async (path) => {
      const answer = await service.http.get(path);
      expect(answer.status).toBe(404);
      expect(answer.body.code).toMatch(/^(ROUTE|PROJECT)_NOT_FOUND$/);
    },
  );

  it('a path longer than the header limit is refused as a problem', async () => {
    const { status, text } = await rawGet(service.http.url, `/projects/id/${'x'.repeat(100_000)}`);
    expect(status).toBe(431);
    expect(JSON.parse(text)).toMatchObject({
      status: 431,
      code: 'REQUEST_HEADER_FIELDS_TOO_LARGE',
    });
  });

  it('a request id is taken over when it is harmless, and replaced when it is not', async () => {
    const sent = (id: string) => service.http.get('/health', { headers: { 'x-request-id': id } });
    expect((await sent('job-17/step.2')).headers.get('x-request-id')).toBe('job-17/step.2');
    expect((await sent('a b')).headers.get('x-request-id')).not.toBe('a b');
    const key = `mdb_${'0'.repeat(16)}_${'x'.repeat(43)}`;
    expect((await sent(key)).headers.get('x-request-id')).not.toBe(key);
    expect((await sent('x'.repeat(200))).headers.get('x-request-id')).toHaveLength(36);
  });
});
