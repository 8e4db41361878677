import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { untilBlocked } from '../support/barrier.js';
import { createDatabase, type TestDatabase } from '../support/database.js';
import { HttpClient } from '../support/http-client.js';
import { readScrape } from '../support/prometheus.js';
import { Records } from '../support/records.js';
import { ServiceProcess } from '../support/service-process.js';

// Each test starts three processes.
jest.setTimeout(60_000);

/** How often is looked whether what has to happen has happened. */
const POLL_MS = 20;

let database: TestDatabase;
let service: ServiceProcess | undefined;
beforeEach(async () => {
  database = await createDatabase();
});
afterEach(async () => {
  await service?.end('SIGKILL');
  await database.drop();
});

function start(environment: Record<string, string> = {}): ServiceProcess {
  service = new ServiceProcess({
    DATABASE_URL: database.url,
    MODELDB_WORKERS: '2',
    ...environment,
  });
  return service;
}

/** The process of a worker, the one that was started last; `nth`: how many of its number there have to be. */
async function pidOf(worker: number, nth = 1): Promise<number> {
  const line = `"worker":${String(worker)},"worker_pid":(\\d+)`;
  await service!.says(new RegExp(`(?:${line}[^]*){${String(nth)}}`));
  return Number([...service!.output.matchAll(new RegExp(line, 'g'))].at(nth - 1)?.[1]);
}

/** Sends a request on a connection of its own: each goes to the next worker. */
async function askOnce(url: string, path: string): Promise<number> {
  return (await fetch(url + path, { headers: { connection: 'close' } })).status;
}

/** A connection that the primary has taken, so that it has handed it to a worker. */
async function handedTo(url: string): Promise<Socket> {
  const client = connect(Number(new URL(url).port), '127.0.0.1');
  client.on('error', () => undefined);
  await once(client, 'connect');
  const hex = (port: number | undefined) =>
    Number(port).toString(16).toUpperCase().padStart(4, '0');
  const line = new RegExp(`:${hex(client.remotePort)} \\w+:${hex(client.localPort)} .*`);
  // A socket of the kernel alone, which nobody has accepted, has no inode.
  const inode = async () => line.exec(await readFile('/proc/net/tcp', 'utf8'))?.[0].split(/\s+/)[8];
  while (['0', undefined].includes(await inode())) await delay(POLL_MS);
  return client;
}

/** Processes that are alive, or not yet buried. */
function isThere(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function untilGone(pid: number): Promise<void> {
  while (isThere(pid)) await delay(POLL_MS);
}

describe('a service of two workers', () => {
  it('is one: in where it listens, its settings, its metrics and its limits', async () => {
    const key = 'an-administrator-key-of-40-characters-00';
    const { url } = await start({
      LOG_REQUESTS: 'true',
      DATABASE_POOL_SIZE: '5',
      SEARCH_POOL_SIZE: '1',
      MODELDB_AUTH: 'required',
      MODELDB_ADMIN_KEY: key,
      METRICS_OPEN: 'true',
      RATE_LIMIT_PER_MINUTE: '5',
      RATE_LIMIT_FAILED_AUTH_PER_MINUTE: '3',
    }).ready();
    const ask = async (authorization: string): Promise<[number, string | null]> => {
      const headers = { connection: 'close', authorization };
      const answer = await fetch(`${url}/projects/all`, { headers });
      return [answer.status, answer.headers.get('ratelimit-remaining')];
    };
    const good = [];
    for (let i = 0; i < 6; i += 1) good.push(await ask(`Bearer ${key}`));
    expect(good.map(([status]) => status)).toEqual([200, 200, 200, 200, 200, 429]);
    expect(good.map(([, left]) => left)).toEqual(['4', '3', '2', '1', '0', '0']);
    const wrong = [];
    for (let i = 0; i < 4; i += 1) wrong.push(await ask('Bearer wrong'));
    expect(wrong.map(([status]) => status)).toEqual([401, 401, 401, 429]);

    const { value } = readScrape(await (await fetch(`${url}/metrics`)).text());
    const route = { route: '/projects/all', method: 'GET', status: '2xx' };
    expect(value('modeldb_http_request_duration_seconds_count', route)).toBe(5);
    expect(value('modeldb_workers')).toBe(2);
    expect(value('modeldb_build_info')).toBe(1);
    expect(value('modeldb_db_connections_max', { pool: 'records' })).toBe(5);
    // Each has one at least.
    expect(value('modeldb_db_connections_max', { pool: 'searches' })).toBe(2);

    const lines = service!.output.split('\n').filter((line) => line.includes('"msg":"request"'));
    const served = lines.map((line) => JSON.parse(line) as { pid: number; worker: number });
    expect(new Set(served.map(({ worker }) => worker))).toEqual(new Set([1, 2]));
    expect(new Set(served.map(({ pid }) => pid))).toEqual(
      new Set([await pidOf(1), await pidOf(2)]),
    );
    expect(service!.output.match(/"url"/g)).toHaveLength(1);
  });

  it('goes on when one is killed, forgets nothing that it has counted, and ends with its primary', async () => {
    const http = await start().ready();
    const { project_id: id } = await new Records(http).project();
    const outcomes: number[] = [];
    let isOver = false;
    const asking = Array.from({ length: 2 }, async () => {
      while (!isOver) {
        await delay(POLL_MS);
        outcomes.push(await askOnce(http.url, `/projects/id/${String(id)}`).catch(() => 0));
      }
    });
    const count = async (): Promise<number> => {
      // Of either worker: a new connection goes to the next one.
      const answer = await fetch(`${http.url}/metrics`, { headers: { connection: 'close' } });
      const { value } = readScrape(await answer.text());
      const route = { route: '/projects/id/:project_id', status: '2xx' };
      return value('modeldb_http_request_duration_seconds_count', route) ?? 0;
    };
    try {
      let before = 0;
      while (before < 20) {
        const now = await count();
        expect(now).toBeGreaterThanOrEqual(before);
        before = now;
        await delay(POLL_MS);
      }
      process.kill(await pidOf(1), 'SIGKILL');
      await pidOf(1, 2);
      expect(await count()).toBeGreaterThanOrEqual(before);
    } finally {
      isOver = true;
      await Promise.all(asking);
    }
    // What was in flight on the worker that was killed: of each who asks one request.
    const failed = outcomes.filter((status) => status !== 200);
    expect([failed.length <= asking.length, new Set([...failed, 0])]).toEqual([true, new Set([0])]);

    // The one that took its place serves, too.
    await service!.says(/(?:"worker":1,"msg":"worker listening"[^]*){2}/);
    const pids = [await pidOf(1, 2), await pidOf(2)];
    for (const pid of pids) process.kill(pid, 'SIGSTOP');
    const clients = [await handedTo(http.url), await handedTo(http.url)];
    const hungUp = clients.map((client) => once(client, 'close'));
    for (const pid of pids) process.kill(pid, 'SIGKILL');
    // Each had been handed to a worker that did not live to take it.
    await Promise.all(hungUp);
    await service!.says(/(?:"worker":2,"msg":"worker listening"[^]*){2}/);
    expect((await http.get('/health/ready')).status).toBe(200);

    await service!.end('SIGKILL');
    for (const pid of [await pidOf(1, 3), await pidOf(2, 2)]) await untilGone(pid);
    // The port is free again.
    const server = createServer().listen(Number(new URL(http.url).port), '127.0.0.1');
    await once(server, 'listening');
    server.close();
  });

  it('gives up when one cannot be kept alive, and says so', async () => {
    start();
    for (let nth = 1; nth <= 5; nth += 1) process.kill(await pidOf(1, nth), 'SIGKILL');
    expect(await service!.end()).toBe(1);
    expect(service!.output).toContain(
      'Worker 1 has ended 5 times in a row soon after its start, with SIGKILL: see the log.',
    );
    await untilGone(await pidOf(2));
  });

  it('on SIGTERM is not ready, serves on for a while, and finishes what is in flight', async () => {
    const http = await start({ SHUTDOWN_DELAY_MS: '1000' }).ready();
    const { experiment_id: id } = await new Records(http).experiment();
    await database.sql.query('BEGIN');
    await database.sql.query('SELECT FROM experiments FOR UPDATE');
    const merge = (key: string) =>
      new HttpClient(http.url, { connection: 'close' }).post(
        `/experiments/evaluations/${String(id)}`,
        { evaluations: { [key]: 1 } },
      );
    const merges = [merge('a'), merge('b')];
    await untilBlocked(database.sql, 2);
    service!.signal('SIGTERM');
    await service!.says('stopping');
    const states = async () => [
      await askOnce(http.url, '/health/ready'),
      await askOnce(http.url, '/health/ready'),
    ];
    // The workers are told one after the other.
    while (new Set(await states()).size > 1 || (await askOnce(http.url, '/health/ready')) !== 503) {
      await delay(POLL_MS);
    }
    expect(await askOnce(http.url, '/projects/all')).toBe(200);
    await untilRefused(http.url);
    await database.sql.query('COMMIT');
    expect((await Promise.all(merges)).map(({ status }) => status)).toEqual([200, 200]);
    expect(await service!.end()).toBe(0);
    for (const worker of [1, 2]) await untilGone(await pidOf(worker));
  });

  it('on a port that is taken says so in a line, and leaves nothing running', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    start({ PORT: String(port), LOG_LEVEL: 'error' });
    expect(await service!.end()).toBe(1);
    server.close();
    expect(service!.output.trim()).toBe(
      `Cannot listen on 127.0.0.1:${String(port)}: the port is already taken. Stop what listens there, or set PORT.`,
    );
  });
});

/** Waits until the service takes no new connections. */
async function untilRefused(url: string): Promise<void> {
  while (await askOnce(url, '/health').catch(() => 0));
}
