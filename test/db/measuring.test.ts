import 'reflect-metadata';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { connectionOptions, Database, statement } from '#database';
import { registry } from '#telemetry';
import { DataSource } from 'typeorm';
import { untilBlocked } from '../support/barrier.js';
import { createDatabase, type TestDatabase } from '../support/database.js';
import { readScrape } from '../support/prometheus.js';

let test: TestDatabase;
let dataSource: DataSource;
let database: Database;
beforeAll(async () => {
  test = await createDatabase();
  await test.sql.query('CREATE SEQUENCE attempts');
  dataSource = await new DataSource(
    connectionOptions({
      databaseUrl: test.url,
      poolSize: 2,
      poolWaitMs: 10_000,
      queueSize: 10,
      statementTimeoutMs: 10_000,
    }),
  ).initialize();
  database = new Database(dataSource);
});
afterAll(async () => {
  await dataSource.destroy();
  await test.drop();
});

async function count(name: string, labels: Record<string, string>): Promise<number | undefined> {
  return readScrape(await registry.metrics()).value(name, labels);
}

const timed = (name: string) =>
  count('modeldb_db_statement_duration_seconds_count', { statement: name });

it('each attempt of a statement is measured, and what is tried again is counted by its SQLSTATE', async () => {
  const failsTwice = `DO $$ BEGIN
    IF nextval('attempts') < 3 THEN RAISE EXCEPTION 'again' USING ERRCODE = '40001'; END IF;
  END $$`;
  await database.query(statement('again', failsTwice), []);
  expect(await timed('again')).toBe(3);
  expect(await count('modeldb_db_retries_total', { sqlstate: '40001' })).toBe(2);
  expect(await count('modeldb_db_connection_wait_seconds_count', { pool: 'records' })).toBe(3);
});

it('a statement that fails is measured, too', async () => {
  await expect(database.query(statement('wrong', 'SELECT 1 / 0'), [])).rejects.toThrow();
  expect(await timed('wrong')).toBe(1);
});

it('each statement of a transaction is measured by its own name', async () => {
  const [one, two] = [statement('one', 'SELECT $1::text'), statement('two', 'SELECT $1::text')];
  await database.transaction([one, two, two], ['x']);
  expect([await timed('one'), await timed('two')]).toEqual([1, 2]);
});

it('says what the pool has to do', async () => {
  await test.sql.query('BEGIN');
  await test.sql.query('SELECT pg_advisory_xact_lock(1)');
  const lock = statement('lock', 'SELECT pg_advisory_xact_lock(1)');
  const blocked = [1, 2, 3].map(() => database.query(lock, []));
  await untilBlocked(test.sql, 2);
  expect(database.load).toEqual({ busy: 2, idle: 0, max: 2, waiting: 1, maxWaiting: 10 });
  await test.sql.query('COMMIT');
  await Promise.all(blocked);
  expect(database.load).toEqual({ busy: 0, idle: 2, max: 2, waiting: 0, maxWaiting: 10 });
});
