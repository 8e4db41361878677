import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { untilBlocked } from '../support/barrier.js';
import { ADMIN_KEY, ClosedService } from '../support/closed-service.js';
import { HttpClient } from '../support/http-client.js';
import { readScrape, type Scrape } from '../support/prometheus.js';
import { Records } from '../support/records.js';

/** One closed service does all of it, and is asked once. */
let closed: ClosedService;
let metrics: Scrape;
let ids: string[];
let text: string;
beforeAll(async () => {
  closed = await ClosedService.start({ areMetricsOpen: true, poolSize: 1, queueSize: 0 });
  const { http, database } = closed.service;
  const key = ADMIN_KEY;
  const records = new Records(new HttpClient(http.url, { 'x-api-key': key }));
  const experiment = await records.experiment({ evaluations: { accuracy: 0.5 } });
  const { experiment_id: id, project_id: project } = experiment;
  ids = [id, project];
  const path = `/experiments/id/${id}`;
  for (let n = 0; n < 3; n += 1) await closed.send(key, 'GET', path);
  await closed.send(key, 'GET', '/experiments/id/nothing-there');
  await closed.send(key, 'GET', '/nowhere-at-all');
  await closed.send(key, 'PUT', path);
  await http.send('OPTIONS', path);
  await http.get(path);
  await http.get(path, { headers: { 'x-api-key': 'wrong' } });
  const headers = { 'idempotency-key': 'k' };
  for (let n = 0; n < 3; n += 1) {
    await closed.send(key, 'PATCH', `/projects/id/${project}`, { description: 'x' }, { headers });
  }
  await closed.send(key, 'GET', '/experiments/leaderboard?evaluation=accuracy');
  // One holds the only connection, and nobody may wait.
  await database.sql.query('BEGIN');
  await database.sql.query('SELECT FROM experiments FOR UPDATE');
  const held = closed.send(key, 'PATCH', path, { description: 'x' });
  await untilBlocked(database.sql, 1);
  await closed.send(key, 'GET', path);
  await database.sql.query('COMMIT');
  await held;
  await database.sql.query('ANALYZE');
  text = (await http.get('/metrics')).text;
  metrics = readScrape(text);
});
afterAll(() => closed.stop());

const requestsOf = (route: string, method: string, status: string): number | undefined =>
  metrics.value('modeldb_http_request_duration_seconds_count', { route, method, status });
const rejected = (code: string) => metrics.value('modeldb_rejected_requests_total', { code });

describe('GET /metrics', () => {
  it('counts requests by the template of their route, method and class of status', () => {
    const route = '/experiments/id/:experiment_id';
    expect(requestsOf(route, 'GET', '2xx')).toBe(3);
    // Not found, no key, a wrong one.
    expect(requestsOf(route, 'GET', '4xx')).toBe(3);
    expect(requestsOf(route, 'GET', '5xx')).toBe(1);
    expect(requestsOf(route, 'PATCH', '2xx')).toBe(1);
  });

  it('has one name for all routes that there are not, and for strange methods', () => {
    expect(requestsOf('unknown', 'GET', '4xx')).toBe(1);
    expect(requestsOf('unknown', 'PUT', '4xx')).toBe(1);
    expect(requestsOf('unknown', 'other', '2xx')).toBe(1);
  });

  it('names no record, no key and no path', () => {
    for (const id of [...ids, 'nowhere', 'nothing-there', ADMIN_KEY])
      expect(text).not.toContain(id);
  });

  it('says how long statements took, by name', () => {
    const count = (statement: string) =>
      metrics.value('modeldb_db_statement_duration_seconds_count', { statement });
    expect(count('experiment.by_id')).toBe(4);
    // Its prepared statement has a digest in its name, and the metric has not.
    expect(count('experiment.search_numbers')).toBe(1);
    expect(metrics.value('modeldb_db_statement_duration_seconds_sum')).toBeGreaterThan(0);
  });

  it('says what the pools have to do', () => {
    const pool = 'records';
    expect(metrics.value('modeldb_db_connections', { pool, state: 'idle' })).toBe(1);
    expect(metrics.value('modeldb_db_connections', { pool, state: 'busy' })).toBe(0);
    expect(metrics.value('modeldb_db_connections_max', { pool })).toBe(1);
    expect(metrics.value('modeldb_db_connections_max', { pool: 'searches' })).toBe(4);
    expect(metrics.value('modeldb_db_queue', { pool })).toBe(0);
    expect(metrics.value('modeldb_db_queue_max', { pool })).toBe(0);
    expect(metrics.value('modeldb_db_connection_wait_seconds_count', { pool })).toBeGreaterThan(9);
    expect(metrics.value('modeldb_db_connection_wait_seconds_count', { pool: 'searches' })).toBe(3);
  });

  it('counts what was refused by its code, and repeated writes', () => {
    expect(rejected('DATABASE_BUSY')).toBe(1);
    expect(rejected('NOT_AUTHENTICATED')).toBe(1);
    expect(rejected('CREDENTIALS_REFUSED')).toBe(1);
    expect(rejected('ROUTE_NOT_FOUND')).toBeUndefined();
    expect(metrics.value('modeldb_idempotent_replays_total')).toBe(2);
  });

  it('estimates how many records there are', () => {
    for (const kind of ['projects', 'models', 'experiments', 'experiment_evaluations']) {
      expect([kind, metrics.value('modeldb_records', { kind })]).toEqual([kind, 1]);
    }
  });

  it('says what Node.js knows of the process, and which release it is', () => {
    expect(metrics.value('nodejs_eventloop_lag_p99_seconds')).toBeGreaterThan(0);
    expect(metrics.value('process_resident_memory_bytes')).toBeGreaterThan(1_000_000);
    expect(metrics.value('modeldb_build_info', { version: '0.1.0' })).toBe(1);
  });
});

describe('who may read the metrics', () => {
  it('is a viewer of anything, unless they are open', async () => {
    await using other = await ClosedService.start();
    const viewer = await other.makeKey('viewer');
    expect((await other.service.http.get('/metrics')).status).toBe(401);
    const answer = await other.send(viewer.key, 'GET', '/metrics');
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
  });
});
