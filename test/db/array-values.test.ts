import 'reflect-metadata';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { connect, statement, type Connection } from '#database';
import fc from 'fast-check';
import { createDatabase, type TestDatabase } from '../support/database.js';

let test: TestDatabase;
let connection: Connection;
beforeAll(async () => {
  test = await createDatabase();
  connection = await connect({
    ...{ databaseUrl: test.url, poolSize: 1, poolWaitMs: 10_000 },
    ...{ queueSize: 1, statementTimeoutMs: 10_000 },
  });
});
afterAll(async () => {
  await connection[Symbol.asyncDispose]();
  await test.drop();
});

const READ = statement('array_values.read', 'SELECT to_json($1::text[])::text AS read');

const items = fc.oneof(
  fc.string({ unit: 'binary' }).filter((one) => one.isWellFormed() && !one.includes('\0')),
  fc.stringMatching(/^[-+.:\w{},"\\ \t\n']{0,6}$/),
  fc.constantFrom(
    null,
    '',
    'NULL',
    'null',
    'Null',
    'nulls',
    '-null',
    ' ',
    'a b',
    '{}',
    '1e5',
    '::1',
  ),
  fc.uuid(),
  fc.ipV6(),
);

it('gives PostgreSQL a list as it is', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(items), async (values) => {
      const row = await connection.database.find<{ readonly read: string }>(READ, [values]);
      expect(JSON.parse(row?.read ?? '')).toEqual(values);
    }),
    { numRuns: 500 },
  );
});
