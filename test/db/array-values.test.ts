import 'reflect-metadata';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { statement } from '#database';
import fc from 'fast-check';
import { connected, type Connected } from '../support/connected.js';

let connection: Connected;
beforeAll(async () => {
  connection = await connected();
});
afterAll(async () => {
  await connection[Symbol.asyncDispose]();
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
