import 'reflect-metadata';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { startEmbeddedPostgres, type EmbeddedPostgres } from '#database';
import pg from 'pg';
import { diagnose } from '../../apps/cli/src/doctor/diagnose.js';
import {
  backUp,
  copyFolder,
  makeArchive,
  prepareRecovery,
  untilArchived,
} from '../support/backups.js';
import { ADMIN_KEY } from '../support/closed-service.js';
import { modeldb } from '../support/command-line.js';
import { HttpClient, type Answer } from '../support/http-client.js';
import { Records } from '../support/records.js';
import { ServiceProcess } from '../support/service-process.js';
import { nextPage } from '../support/walk.js';

// Several processes are started.
jest.setTimeout(60_000);

let folder: string;
const stops: (() => Promise<unknown>)[] = [];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'modeldb-restore-'));
});
afterAll(async () => {
  for (const stop of stops.reverse()) await stop();
  await rm(folder, { recursive: true, force: true });
});

async function startPostgres(
  dataDir: string,
  settings: Record<string, string>,
): Promise<EmbeddedPostgres> {
  const postgres = await startEmbeddedPostgres({ dataDir, settings, log: () => undefined });
  stops.push(() => postgres.stop());
  return postgres;
}

async function connect(url: string): Promise<pg.Client> {
  const sql = new pg.Client({ connectionString: url });
  await sql.connect();
  // One that has ended already, or whose PostgreSQL has, is no trouble.
  sql.on('error', () => undefined);
  stops.push(() => sql.end());
  return sql;
}

/** A service that asks who calls, and its administrator. */
async function startService(
  databaseUrl: string,
): Promise<{ process: ServiceProcess; http: HttpClient }> {
  const process = new ServiceProcess({
    DATABASE_URL: databaseUrl,
    MODELDB_AUTH: 'required',
    MODELDB_ADMIN_KEY: ADMIN_KEY,
    AUDIT_SEAL_SECONDS: '1',
  });
  stops.push(() => process.end('SIGTERM'));
  const { url } = await process.ready();
  return { process, http: new HttpClient(url, { authorization: `Bearer ${ADMIN_KEY}` }) };
}

/** What a service answers about its records, their past, and its keys. */
async function everything(http: HttpClient, experimentId: string): Promise<unknown[]> {
  const paths = [
    '/projects/all',
    '/models/all',
    '/experiments/all',
    `/experiments/id/${experimentId}`,
    `/experiments/id/${experimentId}/metrics`,
    `/experiments/id/${experimentId}/history`,
    '/experiments/leaderboard?evaluation=accuracy',
    '/auth/keys',
    '/audit/events',
  ];
  const answers = await Promise.all(paths.map((path) => http.get(path)));
  return answers.map(({ text, headers }, at) => [paths[at], text, headers.get('etag')]);
}

describe('a database that was backed up, with an archive of its log', () => {
  const ONCE = { headers: { 'idempotency-key': 'once' } };
  let url: string;
  let http: HttpClient;
  let modelId: string;
  let experimentId: string;
  let viewerKey: string;
  let anchor: string;
  let once: Answer;
  let secondPage: string;
  let asItWas: { everything: unknown[]; secondPage: string };
  let asItIs: unknown[];

  /** Before the backup. */
  async function makeHistory(service: ServiceProcess): Promise<void> {
    const records = new Records(http);
    modelId = (await records.model()).model_id;
    const { experiment_id } = await records.experiment({ model_id: modelId });
    await http.delete(`/experiments/id/${experiment_id}`);
    viewerKey = (await http.post('/auth/keys', { name: 'k', role: 'viewer' })).body.key;
    const sealed = JSON.parse(await service.says(/^.*"audit sealed".*$/m));
    anchor = `${sealed.seal_id}:${sealed.digest}`;
  }

  /** After the backup: it is in the archive only. */
  async function makeMoreHistory(): Promise<void> {
    const records = new Records(http);
    const evaluations = { accuracy: 0.8, ünïcode: 1 };
    experimentId = (await records.experiment({ model_id: modelId, evaluations })).experiment_id;
    const metrics = [
      { key: 'loss', value: 'NaN', step: 1 },
      { key: 'loss', value: 0.1, step: 2 },
    ];
    await http.post(`/experiments/id/${experimentId}/metrics`, { metrics });
    await http.post(`/experiments/evaluations/${experimentId}`, { evaluations: { f1: 0.7 } });
    once = await http.post('/experiments', { model_id: modelId, model_version_id: 'v' }, ONCE);
    secondPage = nextPage(await http.get('/experiments/all?limit=1')) ?? '';
    asItWas = {
      everything: await everything(http, experimentId),
      secondPage: (await http.get(secondPage)).text,
    };
  }

  beforeAll(async () => {
    const archive = await makeArchive();
    stops.push(() => rm(archive, { recursive: true, force: true }));
    const [lost, found] = [join(folder, 'lost'), join(folder, 'found')];
    const keepLog = { fsync: 'off', archive_mode: 'on', archive_command: `cp %p ${archive}/%f` };
    ({ url } = await startPostgres(lost, keepLog));
    const sql = await connect(url);
    const service = await startService(url);
    ({ http } = service);
    await makeHistory(service.process);
    await backUp(sql, lost, found);
    await makeMoreHistory();
    const { rows } = await sql.query<{ now: string }>('SELECT clock_timestamp()::text AS now');

    await sql.query('TRUNCATE projects CASCADE; DROP TABLE metric_points');
    // Somebody writes on before it is noticed.
    await new Records(http).project();
    asItIs = (await http.get('/experiments/all')).body;
    await service.process.end('SIGTERM');
    await untilArchived(sql);

    await prepareRecovery(found);
    ({ url } = await startPostgres(found, {
      restore_command: `cp ${archive}/%f %p`,
      recovery_target_time: rows[0]?.now ?? '',
      recovery_target_action: 'promote',
    }));
    ({ http } = await startService(url));
  });

  it('comes back as it was at the moment before the disaster', async () => {
    expect(asItIs).toEqual([]);
    expect(await everything(http, experimentId)).toEqual(asItWas.everything);
  });

  it('lets clients go on: those that read a list, had no answer, or have a key', async () => {
    expect((await http.get(secondPage)).text).toBe(asItWas.secondPage);
    const again = await http.post(
      '/experiments',
      { model_id: modelId, model_version_id: 'v' },
      ONCE,
    );
    expect([again.headers.get('idempotency-replayed'), again.text]).toEqual(['true', once.text]);
    const viewer = new HttpClient(http.url, { authorization: `Bearer ${viewerKey}` });
    expect((await viewer.get(`/experiments/id/${experimentId}`)).status).toBe(200);
    await new Records(http).experiment({ model_id: modelId });
  });

  it('is sound, and so is the audit since before the backup', async () => {
    const doctor = await diagnose({ DATABASE_URL: url }, { quick: false, show: () => undefined });
    expect([doctor.checked.length, doctor.findings]).toEqual([8, []]);
    const verified = await modeldb(['audit', 'verify', '--anchor', anchor], { DATABASE_URL: url });
    expect([verified.exit, verified.stdout]).toEqual([
      0,
      expect.stringContaining('Everything is as it was sealed.'),
    ]);
  });
});

it('a copy of the folder of the embedded database, made while it was stopped, has all of it', async () => {
  const [original, copy] = [join(folder, 'original'), join(folder, 'copy')];
  const quick = { fsync: 'off' };
  const postgres = await startPostgres(original, quick);
  const before = await connect(postgres.url);
  await before.query('CREATE TABLE kept AS SELECT 42 AS value');
  await before.end();
  await postgres.stop();
  await copyFolder(original, copy);
  await rm(original, { recursive: true });
  const after = await connect((await startPostgres(copy, quick)).url);
  expect((await after.query('SELECT * FROM kept')).rows).toEqual([{ value: 42 }]);
});
