import { spawn } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it, jest } from '@jest/globals';
import { onCleanUp } from './support/clean-up.js';
import {
  clusterOf,
  postmasterPid,
  processesIn,
  sharedFolder,
  temporaryFolder,
} from './support/data-folder.js';
import { backendOf, killAll, killPostmaster } from './support/kill.js';
import { ServiceProcess } from './support/service-process.js';
import { query, start } from './support/start.js';
import { until } from './support/until.js';

jest.setTimeout(30_000);

const data = sharedFolder();
const postmasterFile = join(clusterOf(data), 'postmaster.pid');

/** Starts and stops PostgreSQL, and tells what its postmaster would have left if it had been killed. */
async function leftBehind(): Promise<string> {
  const { stop } = await start(data);
  const text = readFileSync(postmasterFile, 'utf8');
  await stop();
  return text;
}

const one = [{ one: 1 }];
const selectOne = 'SELECT 1 AS one';

describe('PostgreSQL', () => {
  it('lives on after Ctrl-C and kill -9 of the service, and the next start takes it over', async () => {
    const service = new ServiceProcess(data);
    const { url = '' } = await service.started();
    await query(url, 'CREATE TABLE kept AS SELECT 42 AS answer');
    const pid = postmasterPid(data);
    process.kill(-service.pid, 'SIGINT');
    await until(() => service.logs.includes('SIGINT'), 'the service to hear Ctrl-C');
    expect(await query(url, selectOne)).toEqual(one);
    await service.kill();

    const next = await start(data);
    expect(next.url).toBe(url);
    expect(postmasterPid(data)).toBe(pid);
    expect(next.logs.join()).toContain(`Took over the running PostgreSQL (process ${pid})`);
    expect(await query(next.url, 'TABLE kept')).toEqual([{ answer: 42 }]);
    await next.stop();
    expect(processesIn(clusterOf(data))).toEqual([]);
  });
});

describe('A start after kill -9', () => {
  it('of everything waits for the processes that are left, and finds what was committed', async () => {
    const service = new ServiceProcess(data);
    const { url = '' } = await service.started();
    await query(url, 'CREATE TABLE committed AS SELECT 42 AS answer');
    const backend = await backendOf(url);
    process.kill(backend, 'SIGSTOP');
    await service.kill();
    killPostmaster(data);
    await until(() => processesIn(clusterOf(data)).length === 1, 'all processes but one to end');

    const starting = start(data);
    const early = await Promise.race([starting, delay(300)]);
    expect(early).toBeUndefined();
    process.kill(backend, 'SIGKILL');
    expect(await query((await starting).url, 'TABLE committed')).toEqual([{ answer: 42 }]);
  });

  it('copes with the postmaster’s number belonging to another process now', async () => {
    const { uid, gid } = statSync(clusterOf(data));
    const other = spawn('sleep', ['60'], { uid, gid });
    onCleanUp(() => Promise.resolve(void other.kill('SIGKILL')));
    writeFileSync(postmasterFile, (await leftBehind()).replace(/^\d+/, String(other.pid)));

    const { url } = await start(data);
    expect(await query(url, selectOne)).toEqual(one);
    expect(other.exitCode ?? other.signalCode).toBeNull();
  });

  it('copes with a postmaster’s file that a power cut has left empty', async () => {
    await leftBehind();
    writeFileSync(postmasterFile, '');
    const { url } = await start(data);
    expect(await query(url, selectOne)).toEqual(one);
  });

  it('makes the cluster when the kill came in the middle of that', async () => {
    const dataDir = temporaryFolder();
    const service = new ServiceProcess(dataDir);
    const isDraft = (name: string) => name.startsWith('initdb-');
    const draft = await until(() => readdirSync(dataDir).find(isDraft), 'initdb to begin');
    const cluster = join(dataDir, draft, 'cluster');
    await until(() => existsSync(join(cluster, 'PG_VERSION')), 'initdb to write');
    await service.kill();
    killAll(processesIn(cluster));
    expect(existsSync(clusterOf(dataDir))).toBe(false);

    const { url } = await start(dataDir);
    expect(await query(url, selectOne)).toEqual(one);
    expect(readdirSync(dataDir).sort()).toEqual(['password', 'postgres', 'postgres.log']);
  });
});
