import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { DatabaseProbe } from '#database';
import { createDatabase, type TestDatabase } from '../support/database.js';
import { TcpProxy } from '../support/tcp-proxy.js';

let database: TestDatabase;
let proxy: TcpProxy;
let probe: DatabaseProbe;
beforeAll(async () => {
  database = await createDatabase();
  proxy = await TcpProxy.to(database.url);
  probe = new DatabaseProbe(proxy.url);
});
afterAll(async () => {
  await probe.onApplicationShutdown();
  await database.drop();
  await proxy[Symbol.asyncDispose]();
});

it('knows whether every migration of this release was run', async () => {
  const { sql } = database;
  expect(await probe.hasNewestSchema()).toBe(true);
  await sql.query('UPDATE migrations SET name = lower(name) WHERE id = 1');
  expect(await probe.hasNewestSchema()).toBe(false);
  await sql.query('ALTER TABLE migrations RENAME TO gone');
  expect(await probe.hasNewestSchema()).toBe(false);
  await sql.query('ALTER TABLE gone RENAME TO migrations');
  await sql.query('UPDATE migrations SET name = initcap(name) WHERE id = 1');
  expect(await probe.hasNewestSchema()).toBe(true);
});

it('does not mind migrations of a later release', async () => {
  const { sql } = database;
  await sql.query(`INSERT INTO migrations (timestamp, name) VALUES (9999999999999, 'Later')`);
  expect(await probe.hasNewestSchema()).toBe(true);
});

it('waits for two seconds at most for a database that says nothing', async () => {
  expect(await probe.hasNewestSchema()).toBe(true);
  proxy.hold();
  await expect(probe.hasNewestSchema()).rejects.toMatchObject({ code: 'DATABASE_UNAVAILABLE' });
  proxy.release();
  expect(await probe.hasNewestSchema()).toBe(true);
});

it('connects again after the connection was lost', async () => {
  proxy.cut();
  await expect(probe.hasNewestSchema()).rejects.toMatchObject({ code: 'DATABASE_UNAVAILABLE' });
  proxy.mend();
  expect(await probe.hasNewestSchema()).toBe(true);
});
