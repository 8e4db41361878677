import { once } from 'node:events';
import { createServer } from 'node:net';
import pg from 'pg';
import { describe, expect, it, jest } from '@jest/globals';
import { onCleanUp } from './support/clean-up.js';
import { clusterOf, postmasterPid, processesIn, sharedFolder } from './support/data-folder.js';
import { backendOf, killPostmaster } from './support/kill.js';
import { answers, query, start, type Started } from './support/start.js';
import { until } from './support/until.js';

jest.setTimeout(30_000);

const data = sharedFolder();

const logged = (postgres: Started, text: string) =>
  until(() => postgres.logs.join('\n').includes(text), `"${text}" to be logged`);

/** Whether our guardian holds the lock. */
async function isClaimed({ url }: Started): Promise<boolean> {
  const sql = `SELECT FROM pg_locks JOIN pg_stat_activity USING (pid)
    WHERE locktype = 'advisory' AND granted AND application_name = 'modeldb-guardian ${process.pid}'`;
  return (await query(url, sql)).length === 1;
}

/** A postmaster is gone, but a process that it leaves behind keeps another from starting. */
async function blockedRestart(postgres: Started): Promise<number> {
  const backend = await backendOf(postgres.url);
  process.kill(backend, 'SIGSTOP');
  killPostmaster(data);
  await logged(postgres, 'was lost');
  return backend;
}

describe('While the service lives', () => {
  it('PostgreSQL is restarted at the same address when it is killed', async () => {
    const postgres = await start(data);
    await query(postgres.url, 'CREATE TABLE kept AS SELECT 42 AS answer');
    const killed = postmasterPid(data);
    killPostmaster(data);

    await logged(postgres, `The connection to PostgreSQL (process ${killed}) was lost.`);
    await until(() => answers(postgres.url), 'PostgreSQL to answer again');
    expect(postmasterPid(data)).not.toBe(killed);
    expect(await query(postgres.url, 'TABLE kept')).toEqual([{ answer: 42 }]);
    expect(await isClaimed(postgres)).toBe(true);
  });

  it('the data is claimed again when PostgreSQL has restarted its processes', async () => {
    const postgres = await start(data);
    const postmaster = postmasterPid(data);
    process.kill(await backendOf(postgres.url), 'SIGKILL');

    await logged(postgres, 'Took over the running PostgreSQL');
    expect(await answers(postgres.url)).toBe(true);
    expect(postmasterPid(data)).toBe(postmaster);
    expect(await isClaimed(postgres)).toBe(true);
  });

  it('a restart waits until the port is free again', async () => {
    const postgres = await start(data);
    const orphan = await blockedRestart(postgres);
    const squatter = createServer().listen(Number(new URL(postgres.url).port), '127.0.0.1');
    await once(squatter, 'listening');
    process.kill(orphan, 'SIGKILL');

    await logged(postgres, 'trying again: PostgreSQL could not start');
    squatter.close();
    await until(() => answers(postgres.url), 'PostgreSQL to answer again');
  });

  it('another Model DB may take the data when PostgreSQL is away, and is left alone', async () => {
    const postgres = await start(data);
    const url = postgres.url.replace('/modeldb?', '/postgres?');
    const other = new pg.Client({
      connectionString: url,
      application_name: 'modeldb-guardian 4711',
    });
    other.on('error', () => undefined);
    await other.connect();
    onCleanUp(() => other.end());
    const locked = other.query('SELECT pg_advisory_lock($1, $2)', [0x6d_64_6c, 0x64_62]);
    await until(
      async () => (await query(url, 'SELECT FROM pg_locks WHERE NOT granted')).length > 0,
      'the other to wait for the lock',
    );
    await query(
      url,
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
       WHERE application_name = 'modeldb-guardian ${process.pid}'`,
    );
    await locked;

    await logged(postgres, 'Gave PostgreSQL up');
    expect(postgres.logs.at(-1)).toContain('in use by another Model DB (process 4711)');
    await postgres.stop();
    expect(await answers(url)).toBe(true);
  });
});

describe('Stopping', () => {
  it('may be asked for several times', async () => {
    const postgres = await start(data);
    await Promise.all([postgres.stop(), postgres.stop()]);
    await postgres.stop();
    expect(processesIn(clusterOf(data))).toEqual([]);
    expect(postgres.logs.filter((line) => line.startsWith('Stopped'))).toHaveLength(1);
  });

  it('is over at once when PostgreSQL is dead, and it stays dead', async () => {
    const postgres = await start(data);
    killPostmaster(data);
    await postgres.stop();
    await until(() => processesIn(clusterOf(data)).length === 0, 'PostgreSQL to be gone');
  });

  it('ends a restart', async () => {
    const postgres = await start(data);
    const orphan = await blockedRestart(postgres);
    await postgres.stop();
    process.kill(orphan, 'SIGKILL');
    await until(() => processesIn(clusterOf(data)).length === 0, 'PostgreSQL to be gone');
    expect(postgres.logs.join()).not.toContain('Gave');
  });

  it('ends PostgreSQL while it restarts its processes', async () => {
    const postgres = await start(data);
    process.kill(await backendOf(postgres.url), 'SIGKILL');
    await logged(postgres, 'was lost');
    await postgres.stop();
    expect(processesIn(clusterOf(data))).toEqual([]);
  });

  it('is done the hard way, without a kill, when it takes too long', async () => {
    const postgres = await start(data);
    const [row] = await query(
      postgres.url,
      `SELECT pid FROM pg_stat_activity WHERE backend_type = 'checkpointer'`,
    );
    const checkpointer = Number(row?.['pid']);
    process.kill(checkpointer, 'SIGSTOP');
    const stopped = postgres.stop();
    await until(async () => !(await answers(postgres.url)), 'PostgreSQL to be stopping');
    const now = Date.now.bind(Date);
    const clock = jest.spyOn(Date, 'now').mockImplementation(() => now() + 30_000);
    try {
      await logged(postgres, 'did not stop within 30 s: stopping it at once');
      process.kill(checkpointer, 'SIGCONT');
      await stopped;
    } finally {
      clock.mockRestore();
    }
    expect(postgres.logs.at(-1)).toContain('Stopped PostgreSQL');
    expect(processesIn(clusterOf(data))).toEqual([]);
  });
});
