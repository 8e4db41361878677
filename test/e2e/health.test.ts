import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ReadinessService } from '#health';
import { ClosedService } from '../support/closed-service.js';
import { countStatements } from '../support/count-statements.js';
import type { Answer } from '../support/http-client.js';
import { startService, type TestService } from '../support/service.js';
import { TcpProxy } from '../support/tcp-proxy.js';

let proxy: TcpProxy;
let service: TestService;
beforeAll(async () => {
  service = await startService({
    poolSize: 1,
    commit: '3f2a9c1',
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

/** Asks until the answer is another one than before: it holds for a second. */
async function untilReadiness(status: number): Promise<Answer> {
  for (;;) {
    const answer = await service.http.get('/health/ready');
    if (answer.status === status) return answer;
  }
}

const ask = (): Promise<Answer> => service.http.get('/health/ready');

describe('GET /health/live', () => {
  it('says that the process lives, and asks nobody', async () => {
    proxy.cut();
    const statements = await countStatements(async () => {
      expect((await service.http.get('/health/live')).text).toBe('{"status":"ok"}');
    });
    proxy.mend();
    expect(statements).toBe(0);
  });
});

describe('GET /health/ready', () => {
  it('says yes, and asks the database once for all who ask at once', async () => {
    let answers: Answer[] = [];
    const statements = await countStatements(async () => {
      answers = await Promise.all(Array.from({ length: 20 }, ask));
    });
    expect(new Set(answers.map(({ status, text }) => `${status} ${text}`))).toEqual(
      new Set(['200 {"status":"ok"}']),
    );
    expect(statements).toBeLessThanOrEqual(1);
  });

  it('says no while the database is away, and yes again by itself', async () => {
    proxy.cut();
    const { headers, body } = await untilReadiness(503);
    expect(headers.get('content-type')).toContain('application/problem+json');
    expect(headers.get('retry-after')).toBe('1');
    expect(body).toMatchObject({ status: 503, code: 'DATABASE_UNAVAILABLE' });
    expect((await service.http.get('/health')).status).toBe(200);
    proxy.mend();
    expect((await untilReadiness(200)).text).toBe('{"status":"ok"}');
  });

  it('says no while the database lacks a migration of this release', async () => {
    await using other = await startService();
    await other.database.sql.query('DELETE FROM migrations WHERE id = 1');
    const { status, body } = await other.http.get('/health/ready');
    expect([status, body.code]).toEqual([503, 'SCHEMA_OUTDATED']);
  });

  it('says yes while all connections are at work', async () => {
    const { sql } = service.database;
    const { body } = await service.http.post('/projects', { project_name: 'p' });
    await sql.query('BEGIN');
    await sql.query('SELECT FROM projects FOR UPDATE');
    const path = `/projects/id/${(body as { project_id: string }).project_id}`;
    const write = service.http.patch(path, { description: 'x' });
    expect((await ask()).status).toBe(200);
    await sql.query('COMMIT');
    expect((await write).status).toBe(200);
  });

  it('says no at once when the service begins to stop, which serves on', async () => {
    await using stopping = await startService();
    expect((await stopping.http.get('/health/ready')).status).toBe(200);
    stopping.app.get(ReadinessService).beginStopping();
    const { status, body } = await stopping.http.get('/health/ready');
    expect([status, body.code]).toEqual([503, 'SHUTTING_DOWN']);
    expect((await stopping.http.get('/projects/all')).status).toBe(200);
  });
});

it('GET /version tells the release, Node and the commit', async () => {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
  const { node } = process.versions;
  const { body } = await service.http.get('/version');
  expect(body).toEqual({ version, node, commit: '3f2a9c1' });
});

it('all of it is told to those who say nothing of themselves, on a closed service too', async () => {
  await using closed = await ClosedService.start();
  for (const path of ['/health', '/health/live', '/health/ready', '/version']) {
    expect([path, (await closed.service.http.get(path)).status]).toEqual([path, 200]);
  }
});
