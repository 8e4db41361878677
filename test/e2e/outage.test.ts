import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Records } from '../support/records.js';
import { startService, type TestService } from '../support/service.js';
import { TcpProxy } from '../support/tcp-proxy.js';

let proxy: TcpProxy;
let service: TestService;
beforeAll(async () => {
  service = await startService({
    poolWaitMs: 2000,
    databaseUrl: async (direct) => {
      proxy = await TcpProxy.to(direct);
      return proxy.url;
    },
  });
});
afterAll(async () => {
  await service.stop();
  await proxy[Symbol.asyncDispose]();
});

describe('a database that goes away', () => {
  it('is a 503 with Retry-After for reads, lists and writes; the service recovers by itself', async () => {
    const records = new Records(service.http);
    const experiment = await records.experiment();
    const path = `/experiments/id/${experiment.experiment_id}`;
    const attempts = () =>
      Promise.all([
        service.http.get(path),
        service.http.get('/experiments/all'),
        service.http.post('/projects', { project_name: 'during the outage' }),
        service.http.patch(path, { description: 'x' }),
      ]);
    proxy.cut();
    for (const round of [await attempts(), await attempts()]) {
      for (const { status, headers, body } of round) {
        expect([status, body.code]).toEqual([503, 'DATABASE_UNAVAILABLE']);
        expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
      }
    }
    expect((await service.http.get('/health')).text).toBe('{"status":"ok"}');
    proxy.mend();
    for (const { status } of await attempts()) expect(status).toBe(200);
  });
});

describe('a database that refuses', () => {
  it('shows nothing of SQL, values or the stack', async () => {
    const { sql } = service.database;
    await sql.query('ALTER TABLE projects RENAME COLUMN description TO gone');
    const answer = await service.http.post('/projects', { project_name: 'secret-name' });
    await sql.query('ALTER TABLE projects RENAME COLUMN gone TO description');
    expect([answer.status, answer.body.code]).toEqual([500, 'INTERNAL_ERROR']);
    expect(answer.text).not.toMatch(/description|secret-name|INSERT|42703|node_modules|\.ts/);
  });
});
