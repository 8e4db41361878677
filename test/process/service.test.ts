import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { migrate, startEmbeddedPostgres } from '#database';
import pg from 'pg';
import { untilBlocked } from '../support/barrier.js';
import { createDatabase } from '../support/database.js';
import { Records } from '../support/records.js';
import { ServiceProcess } from '../support/service-process.js';

/** What a service that was stopped has left: tests that are not about its first start begin with a copy. */
let template: string;
let dataDir: string;
let started: ServiceProcess[];
beforeAll(async () => {
  template = await mkdtemp(join(tmpdir(), 'modeldb-template-'));
  const postgres = await startEmbeddedPostgres({ dataDir: template, log: () => undefined });
  await migrate(postgres.url);
  await postgres.stop();
}, 60_000);
afterAll(() => rm(template, { recursive: true }));
beforeEach(async () => {
  dataDir = join(await mkdtemp(join(tmpdir(), 'modeldb-process-')), 'data');
  started = [];
});
afterEach(async () => {
  await Promise.all(started.map((service) => service.end('SIGTERM')));
  // A service that was killed has left its PostgreSQL behind: the next one takes it over and stops it.
  if (existsSync(join(dataDir, 'postgres', 'postmaster.pid'))) {
    const last = start();
    await last.ready();
    await last.end('SIGTERM');
  }
  await rm(join(dataDir, '..'), { recursive: true, force: true });
});

function start(environment: Record<string, string> = {}): ServiceProcess {
  const service = new ServiceProcess({ MODELDB_DATA_DIR: dataDir, ...environment });
  started.push(service);
  return service;
}

async function startOnData(environment: Record<string, string> = {}): Promise<ServiceProcess> {
  // As PostgreSQL's own user, who is another one when tests run as root.
  await promisify(execFile)('cp', ['-a', template, dataDir]);
  return start(environment);
}

async function postmasterPid(): Promise<number> {
  const file = await readFile(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8');
  return Number(file.split('\n')[0]);
}

describe('npm start', () => {
  it('tells where the API, the docs and the data are, and finds the data again', async () => {
    const first = start();
    const http = await first.ready();
    await first.says(`${http.url}/docs`);
    expect(first.output).toContain(dataDir);
    const experiment = await new Records(http).experiment({ evaluations: { a: 1 } });
    expect(await first.end('SIGTERM')).toBe(0);
    await expect(stat(join(dataDir, 'postgres', 'postmaster.pid'))).rejects.toThrow('ENOENT');

    const again = await start().ready();
    const { body } = await again.get(`/experiments/id/${experiment.experiment_id}`);
    expect(body).toEqual(experiment);
  });

  it('after kill -9 of the service takes over the PostgreSQL that lives on', async () => {
    const first = await startOnData();
    const project = await new Records(await first.ready()).project();
    const pid = await postmasterPid();
    expect(await first.end('SIGKILL')).toBe('SIGKILL');
    const http = await start().ready();
    expect(await postmasterPid()).toBe(pid);
    expect((await http.get(`/projects/id/${project.project_id}`)).body).toEqual(project);
  });

  it('after kill -9 of everything has all that was answered 200', async () => {
    const first = await startOnData();
    const records = new Records(await first.ready());
    const { model_id } = await records.model();
    const acknowledged: string[] = [];
    const writers = Array.from({ length: 8 }, async () => {
      for (;;) acknowledged.push((await records.experiment({ model_id })).experiment_id);
    });
    // Kill in the middle of the work: once enough was answered, with eight writers always under way.
    const busy = new Promise<void>((resolve) => {
      const look = (): void => {
        if (acknowledged.length >= 100) resolve();
        else setImmediate(look);
      };
      look();
    });
    await busy;
    const pid = await postmasterPid();
    first.signal('SIGKILL');
    process.kill(pid, 'SIGKILL');
    await Promise.allSettled(writers);
    const http = await start().ready();
    const { body } = await http.get(`/experiments/model-id/${model_id}`);
    const found = new Set(body.map(({ experiment_id: id }: { experiment_id: string }) => id));
    expect(acknowledged.filter((id) => !found.has(id))).toEqual([]);
  });

  it('on a data folder in use says so in a line, and disturbs nothing', async () => {
    const http = await (await startOnData()).ready();
    const second = start();
    expect(await second.end()).toBe(1);
    expect(second.output.trim().split('\n')).toHaveLength(1);
    expect(second.output).toContain('in use');
    expect((await http.get('/projects/all')).status).toBe(200);
  });

  it('on a port that is taken says so in a line, and stops its PostgreSQL again', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const service = await startOnData({ PORT: String(port), LOG_LEVEL: 'error' });
    expect(await service.end()).toBe(1);
    server.close();
    expect(service.output.trim()).toBe(
      `Cannot listen on 127.0.0.1:${String(port)}: the port is already taken. Stop what listens there, or set PORT.`,
    );
    await expect(stat(join(dataDir, 'postgres', 'postmaster.pid'))).rejects.toThrow('ENOENT');
  });

  it('with a wrong configuration lists every problem and starts nothing', async () => {
    const service = start({ PORT: 'x', LOG_LEVEL: 'loud' });
    expect(await service.end()).toBe(1);
    expect(service.output).toContain('  - PORT must be a whole number');
    expect(service.output).toContain('  - LOG_LEVEL must be one of');
    await expect(stat(dataDir)).rejects.toThrow('ENOENT');
  });

  it('with DATABASE_URL uses that PostgreSQL, migrates it, and starts none', async () => {
    const database = await createDatabase('template0');
    const service = start({ DATABASE_URL: database.url });
    const project = await new Records(await service.ready()).project();
    const { rows } = await database.sql.query('SELECT project_id FROM projects');
    expect(rows).toEqual([{ project_id: project.project_id }]);
    expect(service.output).not.toContain(new URL(database.url).password);
    await expect(stat(dataDir)).rejects.toThrow('ENOENT');
    expect(await service.end('SIGTERM')).toBe(0);
    await database.drop();
  });

  it('with a DATABASE_URL that leads nowhere says so in a line', async () => {
    const service = start({ DATABASE_URL: 'postgresql://u:hunter2@127.0.0.1:1/x' });
    expect(await service.end()).toBe(1);
    expect(service.output.trim()).toBe(
      'Cannot use the PostgreSQL at postgresql://127.0.0.1:1/x: nothing listens there. Check DATABASE_URL.',
    );
  });
});

describe.each<NodeJS.Signals>(['SIGTERM', 'SIGINT', 'SIGHUP'])('%s', (signal) => {
  it('lets requests in flight finish, then stops PostgreSQL', async () => {
    const service = await startOnData();
    const http = await service.ready();
    const experiment = await new Records(http).experiment();
    const password = (await readFile(join(dataDir, 'password'), 'utf8')).trim();
    const port = Number(
      (await readFile(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8')).split('\n')[3],
    );
    const sql = new pg.Client({
      host: '127.0.0.1',
      port,
      user: 'modeldb',
      password,
      database: 'modeldb',
    });
    await sql.connect();
    await sql.query('BEGIN');
    await sql.query('SELECT FROM experiments FOR UPDATE');
    const path = `/experiments/evaluations/${experiment.experiment_id}`;
    const merge = http.post(path, { evaluations: { late: 1 } });
    await untilBlocked(sql, 1);
    service.signal(signal);
    await untilRefused(http.url);
    await sql.query('COMMIT');
    await sql.end();
    const { status, body } = await merge;
    expect([status, body.evaluations]).toEqual([200, { late: 1 }]);
    expect(await service.end()).toBe(0);
    await expect(stat(join(dataDir, 'postgres', 'postmaster.pid'))).rejects.toThrow('ENOENT');
  });
});

describe('stopping', () => {
  it('says first that it is not ready, and serves on for SHUTDOWN_DELAY_MS', async () => {
    const database = await createDatabase();
    const service = start({ DATABASE_URL: database.url, SHUTDOWN_DELAY_MS: '1000' });
    const http = await service.ready();
    expect((await http.get('/health/ready')).status).toBe(200);
    service.signal('SIGTERM');
    await service.says('stopping');
    const { status, body } = await http.get('/health/ready');
    expect([status, body.code]).toEqual([503, 'SHUTTING_DOWN']);
    expect((await http.get('/projects/all')).status).toBe(200);
    expect(await service.end()).toBe(0);
    await expect(http.get('/health')).rejects.toThrow('fetch failed');
    await database.drop();
  });

  it('in the middle of the start leaves nothing running', async () => {
    const service = start();
    await service.says('Making a PostgreSQL cluster');
    expect(await service.end('SIGTERM')).toBe(0);
    expect(existsSync(join(dataDir, 'postgres', 'postmaster.pid'))).toBe(false);
    expect((await start().ready()).url).toMatch(/^http:/);
  });

  it('takes a signal that comes twice at once, as Ctrl-C does under npm, for one', async () => {
    const service = await startOnData();
    await service.ready();
    service.signal('SIGINT');
    expect(await service.end('SIGINT')).toBe(0);
    expect(existsSync(join(dataDir, 'postgres', 'postmaster.pid'))).toBe(false);
  });
});

/** Waits until the service takes no new connections. */
async function untilRefused(url: string): Promise<void> {
  for (;;) {
    const refused = await fetch(`${url}/health`).then(
      () => false,
      () => true,
    );
    if (refused) return;
  }
}
