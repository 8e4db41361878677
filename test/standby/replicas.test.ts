import 'reflect-metadata';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { migrate } from '#database';
import { untilBlocked } from '../support/barrier.js';
import { ClosedService } from '../support/closed-service.js';
import { HttpClient, type Answer, type Options } from '../support/http-client.js';
import { PostgresServer } from '../support/postgres-server.js';
import { readScrape } from '../support/prometheus.js';
import { Records } from '../support/records.js';
import { ServiceProcess } from '../support/service-process.js';
import { TcpProxy } from '../support/tcp-proxy.js';

jest.setTimeout(60_000);

const FRESH: Options = { headers: { 'cache-control': 'no-cache' } };

let folder: string;
let primary: PostgresServer;
let standby: PostgresServer;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'modeldb-replicas-'));
  primary = await PostgresServer.primary(join(folder, 'primary'));
  await migrate(primary.url);
  standby = await primary.standby('standby');
});
afterAll(async () => {
  await primary[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

/** A service with replicas, and a caller of each kind. */
class ReplicatedService implements AsyncDisposable {
  readonly records = new Records(this.writer);

  private constructor(
    private readonly service: ClosedService,
    /** Its lists have what it has just written. */
    readonly writer: HttpClient,
    /** Never writes. */
    readonly reader: HttpClient,
  ) {}

  static async start(
    replicaMaxLagMs: number,
    replicaUrl = standby.url,
  ): Promise<ReplicatedService> {
    const service = await ClosedService.start({
      databaseUrl: () => primary.url,
      replicaUrls: [replicaUrl],
      replicaMaxLagMs,
    });
    const clientOf = async (role: string): Promise<HttpClient> => {
      const { key } = await service.makeKey(role);
      return new HttpClient(service.service.http.url, { authorization: `Bearer ${key}` });
    };
    const replicated = new ReplicatedService(
      service,
      await clientOf('admin'),
      await clientOf('viewer'),
    );
    await primary.untilReplayedBy(standby);
    await replicated.until('used');
    return replicated;
  }

  /** Waits until the replica is used, or left out. */
  async until(state: 'used' | 'left out'): Promise<void> {
    const value = state === 'used' ? 1 : 0;
    while ((await this.metric('modeldb_db_replica_used')) !== value) await pause(50);
  }

  /** Waits until a statement has come out so. */
  async untilCounted(outcome: 'answered' | 'repeated'): Promise<void> {
    while (!(await this.metric('modeldb_db_replica_reads_total', { outcome }))) await pause(50);
  }

  async metric(name: string, labels: Record<string, string> = {}): Promise<number | undefined> {
    const { text } = await this.reader.get('/metrics');
    return readScrape(text).value(name, { replica: '0', ...labels });
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.service.stop();
  }
}

/** Does something while the standby stays as it is. */
async function withoutReplay(work: () => Promise<void>): Promise<void> {
  await primary.untilReplayedBy(standby);
  await standby.sql('SELECT pg_wal_replay_pause()');
  await standby.until(`SELECT pg_get_wal_replay_pause_state() = 'paused' AS ok`);
  try {
    await work();
  } finally {
    await standby.sql('SELECT pg_wal_replay_resume()');
  }
}

function expectOk({ status, text }: Answer): void {
  if (status !== 200) throw new Error(text);
}

describe('a replica', () => {
  it('answers lists, searches, rankings, comparisons, statistics and points; all else is answered by the primary', async () => {
    await using service = await ReplicatedService.start(600_000);
    const { reader, writer, records } = service;
    const { project_id: project } = await records.project();
    const { model_id: model } = await records.model({ project_id: project });
    const fields = { model_id: model, evaluations: { loss: 1 } };
    const ids = [await records.experiment(fields), await records.experiment(fields)].map(
      ({ experiment_id: id }) => String(id),
    );
    const one = `/experiments/id/${ids[0] ?? ''}`;
    await writer.post(`${one}/metrics`, { metrics: [{ key: 'loss', step: 1, value: 2 }] });
    const onReplica: ((options?: Options) => Promise<Answer>)[] = [
      ...[
        '/projects/all',
        '/projects/all?limit=1000',
        '/models/all',
        '/experiments/all',
        `/experiments/model-id/${model}?where=evaluations.loss%20%3E%20-1`,
        '/models/all?where=model_name%20!=%20%27none%27',
        `/experiments/leaderboard?model_id=${model}&evaluation=loss`,
        `/models/best/${model}?evaluation=loss`,
        `/experiments/compare?ids=${ids.join(',')}`,
        `/models/id/${model}/keys`,
        `/models/id/${model}/summary`,
        `/projects/id/${project}/summary`,
        `${one}/metrics`,
        `/experiments/metrics?ids=${ids.join(',')}`,
      ].map((path) => (options?: Options) => reader.get(path, options)),
      (options) => reader.post('/experiments/search', { model_id: model, count: true }, options),
    ];
    const readAll = (options?: Options) =>
      Promise.all(onReplica.map(async (read) => (await read(options)).text));

    await withoutReplay(async () => {
      const before = await readAll();
      await records.project();
      await records.model({ project_id: project });
      await records.experiment({ model_id: model, evaluations: { loss: 9, added: 1 } });
      await writer.post(one.replace('/id/', '/evaluations/'), { evaluations: { more: 1 } });
      await writer.post(`${one}/metrics`, { metrics: [{ key: 'loss', step: 2, value: 1 }] });

      expect(await readAll()).toEqual(before);
      const after = await readAll(FRESH);
      expect(after.map((text, index) => text === before[index])).toEqual(after.map(() => false));
      expect((await reader.get(one)).body.evaluations).toEqual({ loss: 1, more: 1 });
      expect((await reader.get(`${one}/metrics/summary`)).text).toContain('"last_step":2');
    });
    await service.untilCounted('answered');
  });

  it('is not asked for what its caller has written just before, and nothing is missing on its word', async () => {
    await using service = await ReplicatedService.start(600_000);
    const { reader, writer, records } = service;
    await withoutReplay(async () => {
      const { project_id: project } = await records.project();
      const { model_id: model } = await records.model({ project_id: project });
      const { experiment_id: id } = await records.experiment({ model_id: model });
      const has = async (http: HttpClient, options?: Options): Promise<boolean> =>
        (await http.get('/projects/all', options)).text.includes(project);
      expect([await has(writer), await has(reader)]).toEqual([true, false]);
      const asked = (value: string) => has(reader, { headers: { 'cache-control': value } });
      expect(await asked('max-age=0')).toBe(true);
      expect(await asked('max-age=600')).toBe(false);
      expectOk(await reader.get(`/projects/id/${project}/summary`));
      const { experiment_id: other } = await records.experiment({ model_id: model });
      expectOk(await reader.get(`/experiments/compare?ids=${String(id)},${String(other)}`));
    });
  });

  it('that lags is left out, and taken back', async () => {
    await using service = await ReplicatedService.start(1000);
    const { reader, records } = service;
    let project = '';
    await withoutReplay(async () => {
      ({ project_id: project } = await records.project());
      await service.until('left out');
      expect((await reader.get('/projects/all')).text).toContain(project);
      expect(await service.metric('modeldb_db_replica_lag_seconds')).toBeGreaterThan(1);
    });
    await service.until('used');
    expect((await reader.get('/projects/all')).text).toContain(project);
  });

  it('that is killed, or silent, fails no request, is left out, and taken back', async () => {
    await using proxy = await TcpProxy.to(standby.url);
    await using service = await ReplicatedService.start(600_000, proxy.url);
    const { reader } = service;
    const readUntil = async (state: 'used' | 'left out'): Promise<void> => {
      const reached = service.until(state).then(() => 'reached');
      do expectOk(await reader.get('/projects/all'));
      while ((await Promise.race([reached, Promise.resolve('not yet')])) === 'not yet');
    };
    await readUntil('used');
    await standby.kill();
    await readUntil('left out');
    await standby.start();
    await readUntil('used');
    proxy.hold();
    await readUntil('left out');
    proxy.mend();
    await readUntil('used');
  });

  it('that breaks off a statement: it is repeated on the primary', async () => {
    await using service = await ReplicatedService.start(600_000);
    const { reader } = service;
    const client = await primary.connect();
    await client.query('BEGIN');
    await client.query('LOCK TABLE projects IN ACCESS EXCLUSIVE MODE');
    // A commit sends on what was written before it, the lock too.
    await primary.sql(`SELECT pg_logical_emit_message(true, 'a', 'commit')`);
    await primary.untilReplayedBy(standby);
    const list = reader.get('/projects/all');
    const waiting = `FROM pg_stat_activity WHERE application_name = 'modeldb' AND wait_event_type = 'Lock'`;
    await standby.until(`SELECT count(*) > 0 AS ok ${waiting}`);
    await standby.sql(`SELECT pg_terminate_backend(pid) ${waiting}`);
    await untilBlocked(client, 1);
    await client.query('COMMIT');
    await client.end();
    expectOk(await list);
    await service.untilCounted('repeated');
  });

  it('that was promoted, never answers, or follows another primary, is left out with a line in the log that names no password', async () => {
    const dead = standby.url.replace(/:\d+\/modeldb/, ':1/modeldb');
    const service = new ServiceProcess({
      DATABASE_URL: primary.url,
      DATABASE_REPLICA_URLS: `${standby.url},${dead}`,
    });
    await service.ready();
    await service.says(/"a replica is used","replica":0/);
    await service.says(/"a replica is left out","reason":"does not answer","replica":1/);
    await standby.promote();
    await service.says(/"a replica is left out","reason":"is no standby","replica":0/);
    expect(await service.end('SIGTERM')).toBe(0);

    // What the one has written since and what the other gets now is no longer the same.
    const other = await primary.standby('other');
    const next = new ServiceProcess({
      DATABASE_URL: standby.url,
      DATABASE_REPLICA_URLS: other.url,
    });
    await next.ready();
    await next.says(/"a replica is left out","reason":"belongs to another primary","replica":0/);
    expect(await next.end('SIGTERM')).toBe(0);
    expect(service.output + next.output).not.toContain(new URL(standby.url).password);
  });
});
