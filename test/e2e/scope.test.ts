import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ClosedService } from '../support/closed-service.js';
import type { Answer } from '../support/http-client.js';
import { fillIn, makeRouteRecords } from '../support/route-records.js';
import { ROUTE_ROWS, type RouteRow } from '../support/route-rows.js';

const ROLES = ['viewer', 'editor', 'admin'] as const;
const SCOPES = [
  'everything',
  'own project',
  'own project and others',
  'other projects',
  'none',
] as const;
type Role = (typeof ROLES)[number];
type Scope = (typeof SCOPES)[number];

let service: ClosedService;
/** The project that all requests are about, and what is in it. */
let own: Record<string, string>;
let others: string[];
let keys: Map<string, string>;

beforeAll(async () => {
  service = await ClosedService.start();
  own = await makeRouteRecords(service, 'own');
  others = [];
  for (const name of ['b', 'c']) {
    others.push((await makeRouteRecords(service, name))['project_id'] ?? '');
  }
  own['key_id'] = (await service.makeKey('viewer', null)).key_id;
  own['ended_key_id'] = (await service.makeKey('viewer', null)).key_id;
  const projects: Record<Scope, string[] | null> = {
    everything: null,
    'own project': [own['project_id'] ?? ''],
    'own project and others': [...others, own['project_id'] ?? ''],
    'other projects': others,
    none: [others[0] ?? ''],
  };
  keys = new Map();
  for (const role of ROLES) {
    for (const scope of SCOPES) {
      const { key, key_id } = await service.makeKey(role, projects[scope]);
      keys.set(`${role} of ${scope}`, key);
      if (scope !== 'none') continue;
      await service.ok('DELETE', `/projects/id/${others[0] ?? ''}/members?member=key:${key_id}`);
    }
  }
});
afterAll(() => service.stop());

const fill = (text: string): string => fillIn(text, own);

const keyOf = (role: Role, scope: Scope): string => keys.get(`${role} of ${scope}`) ?? '';

/** What a request comes to, and whether its answer is about the records. */
function expected(
  kind: RouteRow[0],
  role: Role,
  scope: Scope,
): [status: number, isAbout?: boolean] {
  const rank = ROLES.indexOf(role);
  const sees = scope !== 'other projects' && scope !== 'none';
  if (kind === 'open' || kind === 'caller') return [200];
  if (scope === 'none') return [403];
  switch (kind) {
    case 'administrator':
      return scope === 'everything' && role === 'admin' ? [200] : [403];
    case 'list':
      return [200, sees];
    case 'read':
      return sees ? [200, true] : [404];
    case 'write':
      if (rank < 1) return [403];
      return sees ? [200, true] : [404];
    case 'make':
      return scope === 'everything' && rank >= 1 ? [200] : [403];
    case 'find':
      return sees && rank >= 1 ? [200, true] : [403];
    case 'members':
      if (!sees) return [404];
      return rank >= 2 ? [200] : [403];
  }
}

/** What brings a record back that a request has taken away. */
const UNDO: Readonly<Record<string, RouteRow>> = {
  '/projects/id/{project_id}': ['write', 'POST', '/projects/id/{project_id}/restore'],
  '/models/id/{model_id}': ['write', 'POST', '/models/id/{model_id}/restore'],
  '/experiments/id/{experiment_id}': ['write', 'POST', '/experiments/id/{experiment_id}/restore'],
};

const sent = ([, method, path, body]: RouteRow, key: string): Promise<Answer> =>
  service.send(key, method, fill(path), body && JSON.parse(fill(JSON.stringify(body))));

/** The ids of the records that stand in the text, but not in what was asked. */
function told(text: string, asked = ''): string[] {
  const ids = ['project_id', 'model_id', 'experiment_id', 'other_id'].map(
    (name) => own[name] ?? '',
  );
  return ids.filter((id) => text.includes(id) && !asked.includes(id));
}

describe('every route, every role, every scope', () => {
  const answers: Record<number, number> = {};

  describe.each(ROLES)('%s', (role) => {
    it.each(SCOPES)('of %s: sees what is to be seen, and does what may be done', async (scope) => {
      for (const row of ROUTE_ROWS) {
        const [kind, method, path, body] = row;
        const answer = await sent(row, keyOf(role, scope));
        const [status, isAbout] = expected(kind, role, scope);
        expect([row, answer.status, answer.text]).toEqual([row, status, answer.text]);
        if (isAbout !== undefined && method !== 'DELETE') {
          const { length } = told(answer.text);
          // Metrics are told without the experiment that they are of.
          if (!path.endsWith('/metrics') && !path.endsWith('/metrics/summary')) {
            expect([row, length > 0]).toEqual([row, isAbout]);
          }
        }
        if (status >= 400)
          expect([row, told(answer.text, fill(path + JSON.stringify(body ?? '')))]).toEqual([
            row,
            [],
          ]);
        const undo = method === 'DELETE' && status === 200 ? UNDO[path] : undefined;
        if (undo) await service.ok(undo[1], fill(undo[2]));
        answers[status] = (answers[status] ?? 0) + 1;
      }
    });
  });

  it('is tried', async () => {
    const { paths } = (await service.service.http.get('/openapi.json')).body as {
      paths: Record<string, object>;
    };
    const routes = Object.entries(paths).flatMap(([path, item]) =>
      Object.keys(item).map((method) => `${method.toUpperCase()} ${path}`),
    );
    const tried = ROUTE_ROWS.map(
      ([, method, path]) => `${method} ${path.split('?')[0]?.replace('ended_', '') ?? ''}`,
    );
    expect(routes.toSorted()).toEqual([...new Set(tried)].toSorted());
    const count = Object.values(answers).reduce((sum, one) => sum + one, 0);
    expect(count).toBe(ROUTE_ROWS.length * ROLES.length * SCOPES.length);
    expect(answers).toEqual({ 200: 678, 403: 388, 404: 104 });
  });
});
