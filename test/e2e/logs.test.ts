import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { untilBlocked } from '../support/barrier.js';
import { ADMIN_KEY } from '../support/closed-service.js';
import { createDatabase, type TestDatabase } from '../support/database.js';
import { HttpClient } from '../support/http-client.js';
import { Records } from '../support/records.js';
import { ServiceProcess } from '../support/service-process.js';

const TRACE = '0af7651916cd43dd8448eb211c80319c';

type Line = Record<string, unknown>;

let database: TestDatabase;
let started: ServiceProcess[];
let logging: Awaited<ReturnType<typeof start>>;
beforeAll(async () => {
  database = await createDatabase();
  started = [];
  logging = await start({ LOG_REQUESTS: 'true' });
});
afterAll(async () => {
  await Promise.all(started.map((service) => service.end('SIGKILL')));
  await database.drop();
});

async function start(environment: Record<string, string>) {
  const service = new ServiceProcess({
    DATABASE_URL: database.url,
    MODELDB_AUTH: 'required',
    MODELDB_ADMIN_KEY: ADMIN_KEY,
    ...environment,
  });
  started.push(service);
  const { url } = await service.ready();
  return { service, http: new HttpClient(url, { 'x-api-key': ADMIN_KEY }) };
}

/** Waits for the line of a request. */
async function lineOf(service: ServiceProcess, requestId: string): Promise<Line> {
  return JSON.parse(await service.says(new RegExp(`(\\{.*"request_id":"${requestId}".*\\})\n`)));
}

describe('the log', () => {
  it('has a line for each request, which says what it cost and holds nothing of its content', async () => {
    const { service, http } = logging;
    const { experiment_id: id } = await new Records(http).experiment();
    const headers = { traceparent: `00-${TRACE}-b7ad6b7169203331-01` };
    const ask = (requestId: string, path: string) =>
      http.get(path, { headers: { ...headers, 'x-request-id': requestId } });

    await ask('a-read', `/experiments/id/${id}`);
    expect(await lineOf(service, 'a-read')).toMatchObject({
      level: 30,
      msg: 'request',
      context: 'Http',
      trace_id: TRACE,
      method: 'GET',
      route: '/experiments/id/:experiment_id',
      status: 200,
      ms: expect.any(Number),
      sql_ms: expect.any(Number),
      statements: 1,
      caller: 'administrator',
    });

    // Its body was read before, which is another way to the handler.
    await http.send('PATCH', `/experiments/id/${id}`, {
      json: { description: 'a secret thought' },
      headers: { 'x-request-id': 'a-write' },
    });
    expect(await lineOf(service, 'a-write')).toMatchObject({ method: 'PATCH', statements: 1 });

    await ask('none', '/nowhere-at-all');
    expect(await lineOf(service, 'none')).toMatchObject({ route: 'unknown', status: 404 });
    await http.get('/projects/all', { headers: { 'x-api-key': 'x', 'x-request-id': 'refused' } });
    const refused = await lineOf(service, 'refused');
    expect(refused).toMatchObject({ route: '/projects/all', status: 401, statements: 0 });
    expect(refused).not.toHaveProperty('caller');

    // Those that watch the service are not worth a line.
    await ask('a-probe', '/health/ready');
    await ask('the-last', '/version?not=logged');
    await ask('the-very-last', `/experiments/id/${id}`);
    await lineOf(service, 'the-very-last');
    for (const text of ['a-probe', 'the-last"', 'secret thought', 'nowhere', ADMIN_KEY, id]) {
      expect(service.output).not.toContain(text);
    }
  });

  it('counts the statements of each of many requests at once for itself', async () => {
    const { service, http } = logging;
    const { experiment_id: id, project_id: project } = await new Records(http).experiment();
    await Promise.all(
      Array.from({ length: 20 }, (_, n) =>
        http.get(n % 2 ? `/experiments/id/${id}` : `/projects/id/${project}/members`, {
          headers: { 'x-request-id': `request-${String(n)}-` },
        }),
      ),
    );
    for (let n = 0; n < 20; n += 1) {
      const { statements } = await lineOf(service, `request-${String(n)}-`);
      expect([n, statements]).toEqual([n, n % 2 ? 1 : 2]);
    }
  });

  it('has no such lines unless it is asked for them, and names slow statements all the same', async () => {
    const { service, http } = await start({ SLOW_STATEMENT_MS: '50' });
    const { experiment_id: id } = await new Records(http).experiment();
    const { sql } = database;
    await sql.query('BEGIN');
    await sql.query('SELECT FROM experiments WHERE experiment_id = $1 FOR UPDATE', [id]);
    const change = http.patch(`/experiments/id/${id}`, { description: 'x' });
    await untilBlocked(sql, 1);
    // The statement has to have been slow, so this is how long it is kept waiting.
    await sql.query('SELECT pg_sleep(0.1)');
    await sql.query('COMMIT');
    expect((await change).status).toBe(200);
    const line = JSON.parse(await service.says(/(\{.*a statement was slow.*\})\n/)) as Line;
    expect(line).toMatchObject({ level: 40, context: 'Database', statement: 'experiment.update' });
    expect(line['ms']).toBeGreaterThanOrEqual(50);
    expect(service.output).not.toContain('"msg":"request"');
  });
});
