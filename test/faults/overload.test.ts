import { once } from 'node:events';
import type { Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Database } from '#database';
import { registry } from '#telemetry';
import { untilBlocked } from '../support/barrier.js';
import { ADMIN_KEY, ClosedService } from '../support/closed-service.js';
import { createDatabase } from '../support/database.js';
import type { Answer } from '../support/http-client.js';
import { readScrape } from '../support/prometheus.js';
import { openSocket } from '../support/raw-socket.js';
import { HttpClient } from '../support/http-client.js';
import { Records } from '../support/records.js';
import { ServiceProcess } from '../support/service-process.js';

const CONNECTIONS = 2;
const QUEUE = 3;
/** The line itself has more room. */
const ROOM = 10;
const WATCHED = ['/health', '/health/live', '/health/ready', '/metrics', '/version'];

/** How often something was refused so far. */
async function refusals(code: string): Promise<number> {
  const scrape = readScrape(await registry.metrics());
  return scrape.value('modeldb_rejected_requests_total', { code }) ?? 0;
}

describe('as many requests wait for the database as may', () => {
  let closed: ClosedService;
  let held: Promise<Answer>[];
  beforeAll(async () => {
    closed = await ClosedService.start({
      poolSize: CONNECTIONS,
      maxWaitingRequests: QUEUE,
      burstMs: 0,
      queueSize: ROOM,
      areMetricsOpen: true,
    });
    const { http, app, database } = closed.service;
    const records = new Records(new HttpClient(http.url, { 'x-api-key': ADMIN_KEY }));
    const { experiment_id: id } = await records.experiment();
    await database.sql.query('BEGIN');
    await database.sql.query('SELECT FROM experiments FOR UPDATE');
    held = Array.from({ length: CONNECTIONS + QUEUE }, (_, n) =>
      closed.send(ADMIN_KEY, 'POST', `/experiments/evaluations/${id as string}`, {
        evaluations: { [`client ${String(n)}`]: n },
      }),
    );
    await untilBlocked(database.sql, CONNECTIONS);
    while (app.get(Database).waiting < QUEUE) await new Promise(setImmediate);
  });
  afterAll(() => closed.stop());

  it('refuses others at once, before asking who they are and before reading what they send', async () => {
    const { http } = closed.service;
    const before = await refusals('DATABASE_BUSY');
    const answers = await Promise.all([
      closed.send(ADMIN_KEY, 'GET', '/projects/all'),
      http.get('/projects/all?a=query'),
      http.post('/projects', undefined, { raw: '{ no JSON' }),
      http.send('HEAD', '/projects/all'),
      http.get('/nowhere-at-all'),
    ]);
    for (const { status, headers } of answers) {
      expect([status, headers.get('retry-after')]).toEqual([503, '1']);
      expect(headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
      expect(headers.get('x-content-type-options')).toBe('nosniff');
    }
    expect(answers[1].body).toEqual({
      type: 'urn:modeldb:problem:database-busy',
      title: 'Service Unavailable',
      status: 503,
      detail: expect.stringContaining('nothing was done'),
      instance: '/projects/all',
      code: 'DATABASE_BUSY',
      request_id: answers[1].headers.get('x-request-id'),
    });
    expect(await refusals('DATABASE_BUSY')).toBe(before + answers.length);
  });

  it('answers those that watch it', async () => {
    for (const path of WATCHED) {
      expect([path, (await closed.service.http.get(path)).status]).toEqual([path, 200]);
    }
  });

  it('keeps the connection of whom it refuses, whatever it has sent', async () => {
    const body = 'x'.repeat(300_000);
    const { answer } = await openSocket(
      closed.service.http.url,
      'POST /projects HTTP/1.1',
      'Host: localhost',
      'Content-Type: application/json',
      `Content-Length: ${String(body.length)}`,
      '',
      `${body}GET /version HTTP/1.1`,
      'Host: localhost',
      'Connection: close',
      '',
    );
    expect((await answer).match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 503', 'HTTP/1.1 200']);
  });

  it('reads nothing more from a connection for a while after it has refused', async () => {
    const { http, app } = closed.service;
    const connected = once(app.getHttpServer(), 'connection') as Promise<[Socket]>;
    const { socket } = await openSocket(http.url, 'GET /projects/all HTTP/1.1', 'Host: x', '');
    const [ours] = await connected;
    const paused = once(ours, 'pause');
    expect(String(await once(socket, 'data'))).toContain('HTTP/1.1 503');
    await paused;
    socket.write('GET /version HTTP/1.1\r\nHost: x\r\n\r\n');
    const [answer] = await once(socket, 'data');
    socket.destroy();
    expect(String(answer)).toContain('HTTP/1.1 200');
  });

  it('lets a client finish that is about to hang up, so that it learns why', async () => {
    const body = 'x'.repeat(3_000_000);
    const headers = { 'content-type': 'application/json', connection: 'close' };
    const answer = await closed.service.http.post('/projects', undefined, { raw: body, headers });
    expect([answer.status, answer.body.code]).toEqual([503, 'DATABASE_BUSY']);
  });

  it('serves all that have waited, and others again, when the database goes on', async () => {
    await closed.service.database.sql.query('COMMIT');
    const statuses = (await Promise.all(held)).map(({ status }) => status);
    expect(statuses).toEqual(statuses.map(() => 200));
    expect((await closed.send(ADMIN_KEY, 'GET', '/projects/all')).status).toBe(200);
  });
});

describe('a process that is late for everything', () => {
  it('refuses until it is not, and answers those that watch it all the while', async () => {
    const database = await createDatabase();
    const service = new ServiceProcess({
      DATABASE_URL: database.url,
      MAX_EVENT_LOOP_DELAY_MS: '20',
      LOG_REQUESTS: 'true',
    });
    const http = await service.ready();
    // Looking through one of them takes longer than that.
    const json = { project_name: 'large', tags: { text: 'x'.repeat(6_000_000) } };
    let refused: Answer | undefined;
    const insist = async (): Promise<void> => {
      while (!refused) {
        const answer = await http.post('/projects', json);
        if (answer.status === 503) refused = answer;
      }
    };
    await Promise.all(Array.from({ length: 8 }, insist));
    expect(refused?.body.code).toBe('OVERLOADED');
    expect(refused?.headers.get('retry-after')).toBe('1');
    for (const path of WATCHED) expect((await http.get(path)).status).toBe(200);
    while ((await http.get('/projects/all')).status !== 200);
    await service.end('SIGTERM');
    expect(service.output).toContain('"code":"OVERLOADED"');
    expect(service.output).toMatch(/"msg":"request".*"route":"\/projects","status":503/);
    await database.drop();
  });
});
