import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import pg from 'pg';
import { startService, type TestService } from '../support/service.js';

interface Plan {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Index Name'?: string;
  readonly Plans?: readonly Plan[];
}

/** What the service sends to PostgreSQL. */
interface Sent {
  readonly text: string;
  readonly values: readonly (string | null)[];
}

const EVALUATIONS = 'ix_experiment_evaluations_';
const COUNT = 'ix_experiments_model_id_live';
const BY_TIME = 'ix_experiments_model_id_created';

/** Requests, and the indexes by which they reach experiments and their evaluations. */
const ROUTES: [string, string[]][] = [
  ['/experiments/compare?ids=e1,e200,e20000', ['pk_experiments']],
  ['/experiments/id/e7/diff/e15000', ['pk_experiments']],
  ['/models/id/m3/keys', [BY_TIME, COUNT]],
  ['/models/id/m3/summary', [`${EVALUATIONS}model`, BY_TIME, COUNT, 'pk_experiments']],
  ['/projects/id/p1/summary', [`${EVALUATIONS}project`, BY_TIME, COUNT, 'pk_experiments']],
];

const MODES = ['force_custom_plan', 'force_generic_plan'];

let service: TestService;
beforeAll(async () => {
  service = await startService();
  await service.database.sql.query(`
    INSERT INTO projects (project_id, project_name) SELECT 'p' || i, 'p' || i FROM generate_series(0, 9) i;
    INSERT INTO models (model_id, project_id, model_name)
      SELECT 'm' || i, 'p' || i % 10, 'm' || i FROM generate_series(0, 39) i;
    INSERT INTO experiments (
        experiment_id, project_id, model_id, model_version_id, parameters, evaluations, deleted_datetime)
      SELECT 'e' || i, 'p' || i % 10, 'm' || i % 40, 'v', jsonb_build_object('lr', i % 9),
        jsonb_build_object('accuracy', i % 100, 'loss', i), CASE WHEN i % 200 = 3 THEN now() END
      FROM generate_series(1, 24000) i;
    INSERT INTO experiment_evaluations (experiment_id, key, value, model_id, project_id)
      SELECT e.experiment_id, leaf.key, leaf.value, e.model_id, e.project_id
      FROM experiments e, numeric_leaves(e.evaluations) leaf;
    UPDATE models SET deleted_datetime = now() WHERE model_id = 'm31'`);
});
afterAll(() => service.stop());

/** The statements that a request comes to. */
async function statementsOf(path: string): Promise<Sent[]> {
  const query = jest.spyOn(pg.Client.prototype, 'query');
  try {
    expect((await service.http.get(path)).status).toBe(200);
    const calls = query.mock.calls as unknown as [Partial<Sent>][];
    // What sets up a new connection has no values.
    return calls.map(([sent]) => sent).filter((sent): sent is Sent => sent.values !== undefined);
  } finally {
    query.mockRestore();
  }
}

async function planOf({ text, values }: Sent, mode: string): Promise<Plan> {
  const { sql } = service.database;
  await sql.query(`SET plan_cache_mode = ${mode}`);
  await sql.query(`PREPARE tried AS ${text}`);
  const list = values
    .map((value) => (value === null ? 'NULL' : pg.escapeLiteral(value)))
    .join(', ');
  const { rows } = await sql.query<{ 'QUERY PLAN': [{ Plan: Plan }] }>(
    `EXPLAIN (FORMAT JSON) EXECUTE tried (${list})`,
  );
  await sql.query('DEALLOCATE tried');
  return rows[0]?.['QUERY PLAN'][0].Plan ?? { 'Node Type': 'none' };
}

function nodes(plan: Plan): Plan[] {
  return [plan, ...(plan.Plans ?? []).flatMap(nodes)];
}

function isOfExperiments(name: string): boolean {
  return name.includes('experiment');
}

describe.each([
  ['right after a bulk load', ''],
  ['once analysed', 'VACUUM ANALYZE'],
])('plans on many experiments, %s', (_when, maintenance) => {
  beforeAll(async () => {
    if (maintenance !== '') await service.database.sql.query(maintenance);
  });

  it.each(ROUTES)('%s: one statement, which goes by its indexes', async (path, indexes) => {
    const statements = await statementsOf(path);
    expect(statements).toHaveLength(1);
    for (const statement of statements) {
      for (const mode of MODES) {
        const plan = nodes(await planOf(statement, mode));
        const used = plan.map((node) => node['Index Name'] ?? '').filter(isOfExperiments);
        expect([...new Set(used)].sort()).toEqual(indexes.sort());
        const scanned = plan
          .filter((node) => node['Node Type'] === 'Seq Scan')
          .map((node) => node['Relation Name'] ?? '');
        expect(scanned.filter(isOfExperiments)).toEqual([]);
      }
    }
  });
});

it('the ends of evaluations are read where they stand, not sorted', async () => {
  for (const path of ['/models/id/m3/summary', '/projects/id/p1/summary']) {
    const [statement] = await statementsOf(path);
    const plan = await planOf(statement ?? { text: '', values: [] }, 'force_generic_plan');
    const sorts = nodes(plan).filter((node) => node['Node Type'].includes('Sort'));
    // The one at the top puts the finished rows in order.
    expect(sorts).toHaveLength(1);
  }
});
