import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { HttpClient } from '../support/http-client.js';
import { Records } from '../support/records.js';
import { ServiceProcess } from '../support/service-process.js';
import { Writers } from '../support/writers.js';

jest.setTimeout(60_000);

let folder: string;
let service: ServiceProcess;
let http: HttpClient;
let writers: Writers;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'modeldb-killed-'));
  await start();
  const model = await new Records(http).model();
  writers = new Writers(() => http, model.model_id, 8);
});
afterEach(async () => {
  await service.end('SIGTERM');
  await rm(folder, { recursive: true, force: true });
});

async function start(): Promise<void> {
  service = new ServiceProcess({ MODELDB_DATA_DIR: join(folder, 'data') });
  http = await service.ready();
}

async function postmaster(): Promise<number> {
  const file = await readFile(join(folder, 'data', 'postgres', 'postmaster.pid'), 'utf8');
  return Number.parseInt(file, 10);
}

describe('under write load', () => {
  it('kill -9 of the service: after a restart every acknowledged write is there, every retry once', async () => {
    for (let round = 0; round < 2; round += 1) {
      await writers.untilMore(100);
      await service.end('SIGKILL');
      await start();
    }
    await writers.untilMore(100);
    const { acknowledged, ...rest } = await writers.finish();
    expect(rest).toEqual({ found: acknowledged, doubled: 0, untold: 0, wrong: [] });
    expect(acknowledged).toBeGreaterThanOrEqual(300);
  });

  it('kill -9 of PostgreSQL: 503 until it is back, by itself, and every acknowledged write is there once', async () => {
    const { pid } = service;
    for (let round = 0; round < 2; round += 1) {
      await writers.untilMore(100);
      process.kill(await postmaster(), 'SIGKILL');
      await writers.untilRefused(5);
      const read = await http.get('/projects/all');
      expect([200, 503]).toContain(read.status);
    }
    await writers.untilMore(100);
    const { acknowledged, ...rest } = await writers.finish();
    expect(rest).toEqual({ found: acknowledged, doubled: 0, untold: 0, wrong: [] });
    expect(acknowledged).toBeGreaterThanOrEqual(300);
    expect(service.pid).toBe(pid);
  });

  it('SIGTERM: what is in flight is finished, the exit code is 0, and nothing acknowledged is missing', async () => {
    await writers.untilMore(100);
    expect(await service.end('SIGTERM')).toBe(0);
    await expect(http.get('/health')).rejects.toThrow('fetch failed');
    await start();
    await writers.untilMore(50);
    const { acknowledged, ...rest } = await writers.finish();
    expect(rest).toEqual({ found: acknowledged, doubled: 0, untold: 0, wrong: [] });
    // Not one was turned away while the service stopped.
    expect(writers.refused).toBe(0);
  });
});
