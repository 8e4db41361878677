import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import { Database, SearchDatabase, type Statement, type Value } from '#database';
import { ClosedService } from '../support/closed-service.js';
import { workOf } from '../support/plan.js';

jest.setTimeout(60_000);

const PROJECTS = 20_000;
/** The last one, in the order of their ids as in all others: records that are new come last. */
const [PROJECT, MODEL, EXPERIMENT] = ['p99', 'm99', 'e99'];
/** Blocks of tables and indexes, and rows and entries of them, that a request about one record may look at. */
const MOST = 500;

let service: ClosedService;
const keys: Record<string, string> = {};
beforeAll(async () => {
  service = await ClosedService.start();
  // Statistics are of different times: PostgreSQL renews them when a tenth of a table is new. Here it does so when told to.
  await service.service.database.sql.query(
    `ALTER TABLE projects SET (autovacuum_enabled = false);
     ALTER TABLE models SET (autovacuum_enabled = false);
     ALTER TABLE experiments SET (autovacuum_enabled = false);
     INSERT INTO projects (project_id, project_name) SELECT 'p0' || i, 'p0' || i FROM generate_series(1, 100) i;
     INSERT INTO models (model_id, project_id, model_name)
     SELECT 'm0' || i, 'p0' || 1 + i % 100, 'm0' || i FROM generate_series(1, ${String(PROJECTS)}) i;
     INSERT INTO experiments (experiment_id, project_id, model_id, model_version_id)
     SELECT 'e0' || i, 'p0' || 1 + i % 100, 'm0' || i, 'v' || i FROM generate_series(1, ${String(PROJECTS)}) i;
     INSERT INTO experiment_evaluations (experiment_id, key, value, model_id, project_id)
     SELECT experiment_id, 'loss', 1, model_id, project_id FROM experiments;
     INSERT INTO metric_series (experiment_id, key, count, last, last_step, last_timestamp, min, max)
     SELECT experiment_id, 'loss', 0, 'NaN', 0, '-infinity', 'NaN', 'NaN' FROM experiments;
     INSERT INTO idempotency_keys (key, fingerprint, answer)
     SELECT 'k' || i, '', '[]' FROM generate_series(1, ${String(PROJECTS)}) i;
     ANALYZE;
     INSERT INTO projects (project_id, project_name, description)
     SELECT 'p1' || i, 'p1' || i, repeat('x', 500) FROM generate_series(1, ${String(PROJECTS)}) i;
     INSERT INTO projects (project_id, project_name) VALUES ('${PROJECT}', 'the last');
     INSERT INTO models (model_id, project_id, model_name) VALUES ('${MODEL}', '${PROJECT}', 'tree');
     INSERT INTO experiments (experiment_id, project_id, model_id, model_version_id, evaluations)
     VALUES ('${EXPERIMENT}', '${PROJECT}', '${MODEL}', 'v', '{"loss": 1}');
     ANALYZE projects`,
  );
  keys['all'] = (await service.makeKey('admin', null)).key;
  keys['its'] = (await service.makeKey('editor', [PROJECT])).key;
});
afterAll(() => service.stop());

interface Sent {
  readonly statement: Statement;
  readonly values: readonly Value[];
}

const isOfService = ({ text }: Statement): boolean => text.includes('service_secrets');

/** The statements about records that a request sends when nothing is found. None is carried out. */
async function statementsOf(request: () => Promise<unknown>): Promise<Sent[]> {
  const sent: Sent[] = [];
  const spies = service.service.apps
    .flatMap((app) => [app.get(Database), app.get(SearchDatabase)])
    .map((database) => {
      const page = database.page.bind(database);
      return jest.spyOn(database, 'page').mockImplementation(async (statement, values, options) => {
        if (isOfService(statement)) return page(statement, values, options);
        sent.push({ statement, values });
        return { rows: [], bytes: 0 };
      });
    });
  await request();
  for (const spy of spies) spy.mockRestore();
  return sent;
}

const created = { model_id: MODEL, model_version_id: 'w', evaluations: { loss: 2 } };
const points = { metrics: [{ key: 'loss', value: 1, step: 1 }] };
type Route = [method: string, path: string, body?: object, headers?: Record<string, string>];

const OF_EDITORS: Route[] = [
  ['GET', `/projects/id/${PROJECT}`],
  ['GET', '/projects/name/the%20last'],
  ['PATCH', `/projects/id/${PROJECT}`, { description: 'x' }],
  ['DELETE', `/projects/id/${PROJECT}`],
  ['POST', `/projects/id/${PROJECT}/restore`],
  ['GET', `/projects/id/${PROJECT}/summary`],
  ['GET', `/models/id/${MODEL}`],
  ['POST', '/models', { project_id: PROJECT, model_name: 'bush' }],
  ['POST', '/models/batch', { models: [{ project_id: PROJECT, model_name: 'bush' }] }],
  ['PATCH', `/models/id/${MODEL}`, { description: 'x' }],
  ['DELETE', `/models/id/${MODEL}`],
  ['POST', `/models/id/${MODEL}/restore`],
  ['GET', `/models/id/${MODEL}/summary`],
  ['GET', `/models/id/${MODEL}/keys`],
  ['GET', `/models/project-id/${PROJECT}?limit=10`],
  ['GET', '/models/all?limit=10&order=desc'],
  ['GET', '/projects/all?limit=10&order=desc'],
  ['GET', `/experiments/id/${EXPERIMENT}`],
  ['GET', '/experiments/model-version-id/v'],
  ['GET', `/experiments/compare?ids=${EXPERIMENT},e01`],
  ['GET', `/experiments/model-id/${MODEL}?limit=10`],
  ['GET', `/experiments/project-id/${PROJECT}?limit=10`],
  ['POST', '/experiments/search', { where: `project_name = 'the last'` }],
  ['GET', `/experiments/leaderboard?evaluation=loss&project_id=${PROJECT}`],
  ['GET', `/models/best/${MODEL}?evaluation=loss`],
  ['POST', '/experiments', created],
  ['POST', '/experiments', created, { 'idempotency-key': 'k' }],
  ['POST', '/experiments/batch', { experiments: [created] }],
  ['POST', `/experiments/evaluations/${EXPERIMENT}`, { evaluations: { loss: 3 } }],
  ['POST', `/experiments/artifact-file-paths/${EXPERIMENT}`, { artifact_file_paths: { a: 'b' } }],
  ['PATCH', `/experiments/id/${EXPERIMENT}`, { description: 'x' }],
  ['DELETE', `/experiments/id/${EXPERIMENT}`],
  ['POST', `/experiments/id/${EXPERIMENT}/restore`],
  ['POST', `/experiments/id/${EXPERIMENT}/metrics`, points],
  ['GET', `/experiments/id/${EXPERIMENT}/metrics`],
  ['GET', `/experiments/metrics?ids=${EXPERIMENT}`],
];

const OF_ADMINS: Route[] = [
  ['POST', '/projects', { project_name: 'a new one' }],
  [
    'POST',
    '/projects/batch',
    { projects: [{ project_name: 'a new one' }, { project_name: 'the last' }] },
  ],
  ['POST', '/auth/keys', { name: 'one more', role: 'viewer', project_ids: [PROJECT] }],
  ['GET', `/projects/id/${PROJECT}/members`],
  ['PUT', `/projects/id/${PROJECT}/members`, { member: 'user:ann', role: 'viewer' }],
  ['DELETE', `/projects/id/${PROJECT}/members?member=user:ann`],
];

const seeing = (sight: string, routes: Route[]) =>
  routes.map(([method, path, body, headers]) => ({ method, path, body, headers, sight }));

it.each([...seeing('all', [...OF_EDITORS, ...OF_ADMINS]), ...seeing('its', OF_EDITORS)])(
  '$method $path, seeing $sight, looks at little, however many projects there are',
  async ({ method, path, body, headers = {}, sight }) => {
    const key = keys[sight] ?? '';
    // Who calls is asked now.
    await service.send(key, 'GET', '/auth/whoami');
    const sent = await statementsOf(() => service.send(key, method, path, body, { headers }));
    expect(sent.length).toBeGreaterThan(0);
    const { sql } = service.service.database;
    for (const { statement, values } of sent) {
      await sql.query('BEGIN');
      const work = await workOf(sql, statement, values).finally(() => sql.query('ROLLBACK'));
      expect({ text: statement.text, tables: work.sequentialScans }).toMatchObject({ tables: [] });
      expect(work.visited).toBeLessThanOrEqual(MOST);
      expect(work.blocks).toBeLessThanOrEqual(MOST);
    }
  },
);
