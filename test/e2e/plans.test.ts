import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { Database, SearchDatabase, type Statement, type Value } from '#database';
import { workOf } from '../support/plan.js';
import { ClosedService } from '../support/closed-service.js';
import { nextPage } from '../support/walk.js';

jest.setTimeout(60_000);

const EXPERIMENTS = 30_000;

/** What a caller may see. */
type Sight = 'everything' | 'a project' | 'some projects';

let service: ClosedService;
let keys: Record<Sight, string>;
beforeAll(async () => {
  service = await ClosedService.start();
  await service.service.database.sql.query(
    `INSERT INTO projects (project_id, project_name) SELECT 'p' || p, 'p' || p FROM generate_series(0, 19) p;
     INSERT INTO models (model_id, project_id, model_name)
     SELECT 'm' || m, 'p' || m % 20, 'm' || m FROM generate_series(0, 99) m;
     INSERT INTO experiments (experiment_id, project_id, model_id, model_version_id, training_dataset,
       parameters, evaluations, tags, created_datetime)
     SELECT 'e' || lpad(i::text, 6, '0'), 'p' || i % 100 % 20, 'm' || i % 100, 'v' || i, 's3://data/' || i % 7,
       jsonb_build_object('optimizer', (ARRAY['adam', 'sgd', 'lamb'])[1 + i % 3], 'seed', i, 'lr', i % 1000 / 1e4),
       jsonb_build_object('loss', sqrt(i)) || CASE WHEN i % 10 > 0
         THEN jsonb_build_object('accuracy', i * 7919 % ${String(EXPERIMENTS)} / ${String(EXPERIMENTS)}::numeric)
         ELSE '{}' END,
       jsonb_build_object('team', 't' || i % 5, 'run', 'r' || i),
       timestamptz '2026-01-01' + i * interval '1 minute'
     FROM generate_series(1, ${String(EXPERIMENTS)}) i;
     INSERT INTO experiment_evaluations (experiment_id, key, value, model_id, project_id)
     SELECT e.experiment_id, leaf.key, leaf.value, e.model_id, e.project_id
     FROM experiments e, numeric_leaves(e.evaluations) leaf;
     INSERT INTO metric_series (experiment_id, key, count, last, last_step, last_timestamp, min, max)
     SELECT experiment_id, metric, 100, sqrt(i), 99, now(), sqrt(i), i
     FROM (SELECT experiment_id, right(experiment_id, 6)::int AS i FROM experiments) e,
       unnest(ARRAY['cost', 'gain']) metric;
     INSERT INTO experiment_evaluations (experiment_id, key, value, model_id, project_id)
     SELECT e.experiment_id, number.key, number.value, e.model_id, e.project_id
     FROM experiments e, metric_numbers(e.experiment_id) number WHERE number.metric = 'cost';
     INSERT INTO metric_points (series_id, step, recorded, value)
     SELECT series_id, step, now(), step FROM metric_series, generate_series(1, 50000) step
     WHERE experiment_id IN ('e000006', 'e000007', 'e000008')`,
  );
  await service.service.database.sql.query('VACUUM ANALYZE');
  const keyFor = async (projects: string[] | null) =>
    (await service.makeKey('viewer', projects)).key;
  keys = {
    everything: await keyFor(null),
    'a project': await keyFor(['p7']),
    'some projects': await keyFor(['p3', 'p7', 'p11']),
  };
});
afterAll(() => service.stop());

interface Sent {
  readonly statement: Statement;
  readonly values: readonly Value[];
}

/** The statements that a request sends to read experiments. */
async function statementsOf(request: () => Promise<{ status: number }>): Promise<Sent[]> {
  const databases = service.service.apps.flatMap((app) => [
    app.get(Database),
    app.get(SearchDatabase),
  ]);
  const spies = databases.map((database) => jest.spyOn(database, 'page'));
  const { status } = await request();
  const sent = spies.flatMap(({ mock }) =>
    mock.calls.map(([statement, values]) => ({ statement, values })),
  );
  for (const spy of spies) spy.mockRestore();
  expect(status).toBe(200);
  return sent.filter(({ statement }) => statement.text.includes('experiment'));
}

const byAccuracy = { order_by: ['evaluations.accuracy DESC'] };
const get =
  (path: string, sight: Sight = 'everything') =>
  () =>
    service.send(keys[sight], 'GET', path);
const search =
  (body: object, sight: Sight = 'everything') =>
  () =>
    service.send(keys[sight], 'POST', '/experiments/search', body);
const where = (condition: string, more: object = {}) => search({ where: condition, ...more });

/** What is asked, and how many rows and index entries may be looked at for it; a table has 30,000. */
const QUESTIONS: [string, () => Promise<{ status: number }>, number][] = [
  ['all', get('/experiments/all?limit=100'), 1000],
  ['all, newest first', get('/experiments/all?limit=100&order=desc'), 1000],
  ['of a model', get('/experiments/model-id/m7?limit=100'), 1000],
  ['of a project', get('/experiments/project-id/p7?limit=100&order=desc'), 1000],
  [
    'of a model, with a condition',
    get('/experiments/model-id/m7?where=parameters.lr%3D0.0007'),
    3000,
  ],
  [
    'a whole list of a rare number',
    get('/experiments/all?where=evaluations.accuracy%3E0.9995'),
    1000,
  ],
  [
    'a page of a list with a tag that one has',
    get(`/experiments/all?limit=9&order=desc&where=tags.run%3D'r4711'`),
    1000,
  ],
  ['all that one sees of a project', get('/experiments/all?limit=100', 'a project'), 1000],
  ['all that one sees of some', get('/experiments/all?limit=100', 'some projects'), 1000],
  ['the same, newest first', get('/experiments/all?limit=100&order=desc', 'some projects'), 1000],
  [
    'of a model, seeing some projects',
    get('/experiments/model-id/m7?limit=100', 'some projects'),
    1000,
  ],
  ['of a model that is not seen', get('/experiments/model-id/m8?limit=100', 'some projects'), 300],
  ['best first in some', search(byAccuracy, 'some projects'), 3000],
  ['best first in what one sees', search(byAccuracy, 'a project'), 1000],
  [
    'a rare number in some',
    search({ where: 'evaluations.accuracy >= 0.9995' }, 'some projects'),
    1000,
  ],
  ['a parameter in some', search({ where: 'parameters.seed = 4711' }, 'some projects'), 1000],
  ['everything, first page', search({ limit: 100 }), 1000],
  ['of a model, first page', search({ model_id: 'm7', limit: 100 }), 1000],
  ['a frequent number', where('evaluations.accuracy >= 0.5'), 10_000],
  ['a rare number', where('evaluations.accuracy >= 0.9995'), 1000],
  [
    'a rare number in a project',
    where('evaluations.accuracy >= 0.9995', { project_id: 'p7' }),
    1000,
  ],
  [
    'one rare number or another',
    where('evaluations.accuracy >= 0.9995 OR evaluations.loss < 3'),
    1000,
  ],
  ['no such number', where('evaluations.accuracy > 2'), 1000],
  ['a rare number, counted', where('evaluations.accuracy >= 0.9995', { count: true }), 2000],
  ['a parameter that one has', where('parameters.seed = 4711'), 1000],
  ['some of such parameters', where('parameters.seed IN (1, 2, 3)', byAccuracy), 1000],
  ['a tag that one has', where(`tags.run = 'r4711' AND parameters.optimizer = 'adam'`), 1000],
  ['a frequent parameter', where(`parameters.optimizer = 'adam'`), 10_000],
  ['a version', where(`model_version_id = 'v4711'`), 1000],
  ['an id', where(`experiment_id = 'e004711'`), 1000],
  ['a time', where('created_datetime > 2026-01-20T00:00:00Z'), 1000],
  ['a model by name', where(`model_name = 'm7'`), 3000],
  ['a project by name', where(`project_name = 'p7'`, byAccuracy), 13_000],
  ['best first', search(byAccuracy), 1000],
  ['best first in a project', search({ ...byAccuracy, project_id: 'p7' }), 1000],
  ['best first in a model', search({ ...byAccuracy, model_id: 'm7' }), 1000],
  [
    'best first, the newest of equals',
    search({ order_by: ['evaluations.accuracy', 'created_datetime DESC'] }),
    1000,
  ],
  [
    'best first, of a frequent parameter',
    where(`parameters.optimizer = 'adam'`, byAccuracy),
    10_000,
  ],
  [
    'one number or a parameter',
    where('evaluations.accuracy >= 0.9995 OR parameters.seed = 4711'),
    1000,
  ],
  [
    'frequent things in a project',
    where(`parameters.optimizer = 'adam' AND tags.team = 't2'`, { project_id: 'p7' }),
    13_000,
  ],
  ['best first, of those below a bound', where('evaluations.accuracy < 0.001', byAccuracy), 1000],
  ['leaderboard of a model', get('/experiments/leaderboard?evaluation=accuracy&model_id=m7'), 1000],
  [
    'leaderboard of a project',
    get('/experiments/leaderboard?evaluation=loss&project_id=p7&order=asc'),
    1000,
  ],
  ['leaderboard of all', get('/experiments/leaderboard?evaluation=loss'), 1000],
  ['best of a model', get('/models/best/m7?evaluation=accuracy'), 1000],
  ['best of a model by a metric', get('/models/best/m7?metric=cost.min'), 1000],
  ['leaderboard by a metric', get('/experiments/leaderboard?metric=cost.max'), 1000],
  ['best first by a metric', search({ order_by: ['metrics.cost.min'], project_id: 'p7' }), 1000],
  ['a rare value of a metric', where('metrics.cost.max > 29990'), 1000],
  ['a metric in a model', where('metrics.cost.min < 5', { model_id: 'm7' }), 3000],
];

/** The last page of a list; of a leaderboard, the last of those that have the number. */
async function lastPage(path: string): Promise<string> {
  for (let page = path; ;) {
    const next = nextPage(await get(page)());
    if (next === undefined) return page;
    if ((await get(next)()).body[0].value === null) return page;
    page = next;
  }
}

describe('a page of points', () => {
  it('is read from its place on, and nothing else', async () => {
    const ids = ['e000006', 'e000007', 'e000008'].join(',');
    const [, ...pages] = await statementsOf(get(`/experiments/metrics?ids=${ids}&key=gain`));
    expect(pages.length).toBeGreaterThan(100);
    for (const index of [0, 75, 140]) {
      const { statement, values } = pages[index] as Sent;
      const work = await workOf(service.service.database.sql, statement, values);
      expect(work.sequentialScans).toEqual([]);
      // A thousand points, once where they are kept and once where they are cut off.
      expect(work.visited).toBeLessThanOrEqual(2100);
    }
  });
});

describe('the work for a question', () => {
  it.each(QUESTIONS)('%s: no table is read from start to end', async (_, request, most) => {
    const sent = await statementsOf(request);
    expect(sent.length).toBeGreaterThan(0);
    for (const { statement, values } of sent) {
      const work = await workOf(service.service.database.sql, statement, values);
      expect(work.sequentialScans.filter((table) => table.startsWith('experiment'))).toEqual([]);
      expect(work.visited).toBeLessThanOrEqual(most);
    }
  });

  it.each([
    '/experiments/all?limit=1000',
    '/experiments/project-id/p7?limit=100&order=desc',
    '/experiments/leaderboard?evaluation=accuracy&project_id=p7&limit=100',
    '/experiments/leaderboard?evaluation=accuracy&model_id=m7&limit=50&order=asc',
    '/experiments/leaderboard?evaluation=loss&limit=1000&where=evaluations.loss%20%3C%20900',
    '/experiments/leaderboard?evaluation=loss&limit=1000&order=asc&where=evaluations.loss%20%3E%201',
    '/experiments/all?limit=1000&where=created_datetime%3E2026-01-01',
  ])('is the same for the last full page of %s as for the first', async (path) => {
    const workAt = async (page: string) => {
      const [sent] = (await statementsOf(get(page))) as [Sent];
      return workOf(service.service.database.sql, sent.statement, sent.values);
    };
    const last = await lastPage(path);
    // A short page there and here, so that nothing hides the way to it.
    const short = (page: string) => workAt(page.replace(/limit=\d+/, 'limit=10'));
    const [first, deep] = [await short(path), await short(last)];
    expect(deep.visited).toBeLessThanOrEqual(first.visited * 1.5 + 50);
    expect(deep.blocks).toBeLessThanOrEqual(first.blocks * 1.5 + 50);
  });
});
