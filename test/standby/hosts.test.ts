import 'reflect-metadata';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { connect, DatabaseProbe, migrate, migrationStatus, statement } from '#database';
import { StartupError } from '#errors';
import { PostgresServer } from '../support/postgres-server.js';
import { TcpProxy } from '../support/tcp-proxy.js';

jest.setTimeout(60_000);

const settings = { poolSize: 2, poolWaitMs: 5000, queueSize: 10, statementTimeoutMs: 30_000 };
const PORT = statement('test.port', `SELECT inet_server_port()::text AS port`);

let folder: string;
let primary: PostgresServer;
let standby: PostgresServer;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'modeldb-hosts-'));
  primary = await PostgresServer.primary(join(folder, 'primary'));
  await migrate(primary.url);
  standby = await primary.standby('standby');
  await primary.untilReplayedBy(standby);
});
afterAll(async () => {
  await primary[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

describe('several hosts in DATABASE_URL', () => {
  it('are asked which one takes writes, wherever it stands', async () => {
    for (const url of [primary.urlWith(standby), standby.urlWith(primary)]) {
      await using connection = await connect({ databaseUrl: url, ...settings });
      expect(await connection.database.find(PORT, [])).toEqual({ port: String(primary.port) });
      expect((await migrationStatus(url)).pending).toEqual([]);
      expect(await migrate(url)).toEqual([]);
      const probe = new DatabaseProbe(url);
      expect(await probe.hasNewestSchema()).toBe(true);
      await probe.onApplicationShutdown();
    }
  });

  it('one of them alone is refused while it takes no writes, in words', async () => {
    const failure = connect({ databaseUrl: standby.urlWith(), ...settings });
    await expect(failure).rejects.toThrow(StartupError);
    await expect(failure).rejects.toThrow(
      new RegExp(
        `^Cannot use the PostgreSQL at postgresql://127\\.0\\.0\\.1:${standby.port}/modeldb: no host takes writes`,
      ),
    );
  });

  it('are named, without the password, when nobody can be reached', async () => {
    const failure = connect({
      databaseUrl: 'postgresql://u:secret@127.0.0.1:1,127.0.0.1:2/x',
      ...settings,
    });
    await expect(failure).rejects.toThrow(
      /^Cannot use the PostgreSQL at postgresql:\/\/127\.0\.0\.1:1,127\.0\.0\.1:2\/x: nothing listens there/,
    );
  });
});

describe('a primary that changes', () => {
  it('is followed: when it is silent, when it takes no writes any more, and when it is killed', async () => {
    await using proxy = await TcpProxy.to(primary.url);
    const viaProxy = proxy.url.replace(
      /:(\d+)\/modeldb/,
      `:$1,127.0.0.1:${String(standby.port)}/modeldb`,
    );
    await using silent = await connect({ databaseUrl: viaProxy, ...settings });
    await using direct = await connect({ databaseUrl: primary.urlWith(standby), ...settings });
    const port = async ({ database }: typeof direct) =>
      (await database.find<{ port: string }>(PORT, []))?.port;
    expect([await port(silent), await port(direct)]).toEqual(
      [primary, primary].map((server) => String(server.port)),
    );

    // The machine is gone without a word; the one that is promoted is found, long before the statement's time is over.
    proxy.hold();
    const hanging = port(silent);
    await standby.promote();
    await expect(hanging).rejects.toMatchObject({ code: 'DATABASE_UNAVAILABLE' });
    expect(await port(silent)).toBe(String(standby.port));

    // A primary that was replaced and lives on: Patroni makes it refuse writes.
    const WRITE = statement(
      'test.write',
      `INSERT INTO service_secrets (name, secret) VALUES ($1, '') RETURNING inet_server_port()::text AS port`,
    );
    await primary.sql('ALTER SYSTEM SET default_transaction_read_only = on');
    await primary.sql('SELECT pg_reload_conf()');
    await primary.until(`SELECT current_setting('default_transaction_read_only') = 'on' AS ok`);
    expect(await direct.database.find(WRITE, ['written'])).toEqual({ port: String(standby.port) });
    expect(await port(direct)).toBe(String(standby.port));
  });
});
