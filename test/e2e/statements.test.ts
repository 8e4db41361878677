import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { countStatements } from '../support/count-statements.js';
import { Records } from '../support/records.js';
import { startService, type TestService } from '../support/service.js';

let service: TestService;
let records: Records;
let ids: Record<string, string>;
beforeAll(async () => {
  service = await startService();
  records = new Records(service.http);
  const project = await records.project();
  const model = await records.model({ project_id: project.project_id });
  const content = { model_id: model.model_id, evaluations: { accuracy: 0.5 } };
  const [one, other] = [await records.experiment(content), await records.experiment(content)];
  ids = {
    project_id: project.project_id,
    project_name: project.project_name,
    model_id: model.model_id,
    model_name: model.model_name,
    model_version_id: one.model_version_id,
    experiment_id: one.experiment_id,
    other_id: other.experiment_id,
    key_id: await keyId(),
    ended_key_id: await keyId(),
  };
});
afterAll(() => service.stop());

async function keyId(): Promise<string> {
  const { body } = await service.http.post('/auth/keys', { name: 'a key', role: 'viewer' });
  return (body as { key_id: string }).key_id;
}

/** A route: how many statements a request takes, and what is sent; `{…}` stands for an id or a name. */
type Row = readonly [statements: number, method: string, path: string, body?: object];

const EXPERIMENT = { model_id: '{model_id}', model_version_id: 'v' };
/** In an order that leaves every record there for the next one. */
const ROUTES: readonly Row[] = [
  [0, 'GET', '/health'],
  [0, 'GET', '/health/live'],
  [0, 'GET', '/version'],
  [1, 'GET', '/projects/all'],
  [1, 'GET', '/projects/id/{project_id}'],
  [1, 'GET', '/projects/name/{project_name}'],
  [1, 'POST', '/projects', { project_name: 'new' }],
  [
    1,
    'POST',
    '/projects/batch',
    { projects: [{ project_name: 'new' }, { project_name: 'newer' }] },
  ],
  [1, 'PATCH', '/projects/id/{project_id}', { description: 'x' }],
  [1, 'DELETE', '/projects/id/{project_id}'],
  [1, 'POST', '/projects/id/{project_id}/restore'],
  [1, 'GET', '/projects/id/{project_id}/summary'],
  // Whether the project is there comes first.
  [2, 'PUT', '/projects/id/{project_id}/members', { member: 'user:ann', role: 'viewer' }],
  [2, 'GET', '/projects/id/{project_id}/members'],
  [2, 'DELETE', '/projects/id/{project_id}/members?member=user:ann'],
  [1, 'GET', '/models/all'],
  [1, 'GET', '/models/project-id/{project_id}'],
  [1, 'GET', '/models/project-name/{project_name}'],
  [1, 'GET', '/models/name/{model_name}'],
  [1, 'GET', '/models/id/{model_id}'],
  [1, 'POST', '/models', { project_id: '{project_id}', model_name: 'new' }],
  [1, 'POST', '/models/batch', { models: [{ project_id: '{project_id}', model_name: 'new' }] }],
  [1, 'PATCH', '/models/id/{model_id}', { description: 'x' }],
  [1, 'DELETE', '/models/id/{model_id}'],
  [1, 'POST', '/models/id/{model_id}/restore'],
  [1, 'GET', '/models/id/{model_id}/keys'],
  [1, 'GET', '/models/id/{model_id}/summary'],
  [1, 'GET', '/models/best/{model_id}?evaluation=accuracy'],
  [1, 'GET', '/experiments/all'],
  [1, 'GET', '/experiments/model-id/{model_id}'],
  [1, 'GET', '/experiments/project-id/{project_id}'],
  [1, 'GET', '/experiments/id/{experiment_id}'],
  [1, 'GET', '/experiments/model-version-id/{model_version_id}'],
  [1, 'POST', '/experiments', { ...EXPERIMENT, evaluations: { loss: 1 } }],
  [1, 'POST', '/experiments/batch', { experiments: [EXPERIMENT, EXPERIMENT] }],
  [1, 'POST', '/experiments/evaluations/{experiment_id}', { evaluations: { loss: 1 } }],
  [1, 'POST', '/experiments/artifact-file-paths/{experiment_id}', { artifact_file_paths: {} }],
  [1, 'PATCH', '/experiments/id/{experiment_id}', { description: 'x' }],
  [1, 'DELETE', '/experiments/id/{experiment_id}'],
  [1, 'POST', '/experiments/id/{experiment_id}/restore'],
  [1, 'POST', '/experiments/id/{experiment_id}/metrics', { metrics: [{ key: 'a', value: 1 }] }],
  // Whether the experiment is there, and what is asked of it.
  [2, 'GET', '/experiments/id/{experiment_id}/metrics'],
  [2, 'GET', '/experiments/id/{experiment_id}/metrics/summary'],
  // And here, of which metrics, some of them at a time.
  [3, 'GET', '/experiments/metrics?ids={experiment_id},{other_id}&max_points=10'],
  [1, 'POST', '/experiments/search', {}],
  // Those with a number, with NaN, with neither: one for each, as long as the page is not full.
  [3, 'GET', '/experiments/leaderboard?evaluation=accuracy'],
  [1, 'GET', '/experiments/compare?ids={experiment_id},{other_id}'],
  [1, 'GET', '/experiments/id/{experiment_id}/diff/{other_id}'],
  [1, 'GET', '/audit/events'],
  // Whether the record is there, and its events.
  [2, 'GET', '/projects/id/{project_id}/history'],
  [1, 'GET', '/projects/id/{project_id}/history?at=2099-01-01'],
  [2, 'GET', '/models/id/{model_id}/history'],
  [1, 'GET', '/models/id/{model_id}/history?at=2099-01-01'],
  [2, 'GET', '/experiments/id/{experiment_id}/history'],
  [1, 'GET', '/experiments/id/{experiment_id}/history?at=2099-01-01'],
  [0, 'GET', '/auth/whoami'],
  [1, 'POST', '/auth/keys', { name: 'new', role: 'viewer' }],
  [1, 'GET', '/auth/keys'],
  [1, 'POST', '/auth/keys/{key_id}/rotate', {}],
  // Another one, for what has ended cannot be followed by a new one.
  [1, 'DELETE', '/auth/keys/{ended_key_id}'],
];

/** One at most, and none for a second after it: test/e2e/health.test.ts. */
const REMEMBERED = 'GET /health/ready';

const fill = (text: string): string =>
  text.replaceAll(/\{(\w+)\}/g, (match, name: string) => ids[name] ?? match);

async function send(row: Row, headers: Record<string, string> = {}): Promise<number> {
  const [, method, path, body] = row;
  const raw = body && fill(JSON.stringify(body));
  const answer = await service.http.send(method, fill(path), { ...(raw && { raw }), headers });
  return answer.status;
}

it('every route takes its number of statements, and no route has none', async () => {
  // The first round makes the connections.
  for (const row of ROUTES) expect([row[2], await send(row)]).toEqual([row[2], 200]);
  for (const row of ROUTES) {
    const [statements, method, path] = row;
    expect([method, path, await countStatements(() => send(row))]).toEqual([
      method,
      path,
      statements,
    ]);
  }
  const { paths } = (await service.http.get('/openapi.json')).body as { paths: object };
  const routes = Object.entries(paths).flatMap(([path, item]) =>
    Object.keys(item as object).map((method) => `${method.toUpperCase()} ${path}`),
  );
  const counted = ROUTES.map(
    ([, method, path]) => `${method} ${path.split('?')[0]?.replace('ended_', '') ?? ''}`,
  );
  expect(routes.toSorted()).toEqual([...new Set([...counted, REMEMBERED])].toSorted());
});

it('a write with a key takes one, and its repetition one more to read the answer', async () => {
  for (const row of ROUTES) {
    const [, method, path] = row;
    // Nothing is remembered of a search, nor of who may do what.
    const isOfAccess = path.startsWith('/auth/') || path.includes('/members');
    if (method === 'GET' || path === '/experiments/search' || isOfAccess) continue;
    const headers = { 'idempotency-key': randomUUID() };
    const first = await countStatements(() => send(row, headers));
    const again = await countStatements(() => send(row, headers));
    expect([method, path, first, again]).toEqual([method, path, 1, 2]);
  }
});
