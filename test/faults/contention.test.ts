import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { untilBlocked } from '../support/barrier.js';
import { Records } from '../support/records.js';
import { startService, type TestService } from '../support/service.js';

let service: TestService;
beforeEach(async () => {
  service = await startService();
});
afterEach(() => service.stop());

/** Lets PostgreSQL refuse the next changes of experiments, as it does when transactions meet. */
async function refuseNext(times: number, sqlState: string): Promise<void> {
  await service.database.sql.query(`
    CREATE SEQUENCE refusals;
    CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      -- A sequence counts on when the statement is undone.
      IF nextval('refusals') <= ${String(times)} THEN
        RAISE EXCEPTION USING ERRCODE = '${sqlState}';
      END IF;
      RETURN NEW;
    END $$;
    CREATE TRIGGER refuse BEFORE INSERT OR UPDATE ON experiments FOR EACH ROW EXECUTE FUNCTION refuse()`);
}

describe.each([
  ['a deadlock', '40P01'],
  ['a serialisation failure', '40001'],
])('%s', (_, sqlState) => {
  it('is tried again inside, and nobody notices', async () => {
    const records = new Records(service.http);
    const experiment = await records.experiment();
    await refuseNext(5, sqlState);
    const path = `/experiments/evaluations/${experiment.experiment_id}`;
    const { status, body } = await service.http.post(path, { evaluations: { a: 1 } });
    expect([status, body.evaluations]).toEqual([200, { a: 1 }]);
  });

  it('that never ends is a 503 after a few attempts, and nothing is written', async () => {
    const records = new Records(service.http);
    const model = await records.model();
    await refuseNext(1000, sqlState);
    const body = { model_id: model.model_id, model_version_id: 'v' };
    const answer = await service.http.post('/experiments', body);
    expect([answer.status, answer.body.code]).toEqual([503, 'TOO_MUCH_CONTENTION']);
    expect(answer.headers.get('retry-after')).toBe('1');
    const { rows } = await service.database.sql.query(
      `SELECT last_value::int AS attempts, (SELECT count(*)::int FROM experiments) AS experiments FROM refusals`,
    );
    expect(rows).toEqual([{ attempts: 6, experiments: 0 }]);
  });
});

describe('two sessions that wait for each other', () => {
  it('are untied by PostgreSQL, and the client of the service gets its answer', async () => {
    const records = new Records(service.http);
    const [one, other] = [await records.project(), await records.project()];
    const { sql } = service.database;
    // The service waits for this session; this session then waits for what the service holds.
    await sql.query('SET deadlock_timeout = 60000');
    await sql.query('BEGIN');
    await sql.query('SELECT FROM projects WHERE project_id = $1 FOR UPDATE', [other.project_id]);
    await sql.query(`
      CREATE FUNCTION touch_other() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF NEW.project_id = '${one.project_id}' THEN
          PERFORM FROM projects WHERE project_id = '${other.project_id}' FOR UPDATE;
        END IF;
        RETURN NEW;
      END $$`);
    await sql.query('COMMIT');
    await sql.query(
      'CREATE TRIGGER touch_other AFTER UPDATE ON projects FOR EACH ROW EXECUTE FUNCTION touch_other()',
    );
    await sql.query('BEGIN');
    await sql.query('SELECT FROM projects WHERE project_id = $1 FOR UPDATE', [other.project_id]);
    const patched = service.http.patch(`/projects/id/${one.project_id}`, { description: 'x' });
    await untilBlocked(sql, 1);
    const mine = sql.query('SELECT FROM projects WHERE project_id = $1 FOR UPDATE', [
      one.project_id,
    ]);
    // The service's session notices first, is undone, and lets this one through.
    await mine;
    await sql.query('COMMIT');
    const { status, body } = await patched;
    expect([status, body.description]).toEqual([200, 'x']);
  });
});
