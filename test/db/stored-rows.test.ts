import 'reflect-metadata';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { statement } from '#database';
import { jsonList, jsonWriter } from '#http';
import { isStored } from '#rows';
import fc from 'fast-check';
import { connected, type Connected } from '../support/connected.js';

let connection: Connected;
beforeAll(async () => {
  connection = await connected();
});
afterAll(async () => {
  await connection[Symbol.asyncDispose]();
});

const KINDS = { id: 'text', name: 'text', document: 'json', at: 'time', value: 'number' } as const;
type Row = Record<keyof typeof KINDS | 'more', string | null>;

const write = jsonWriter(KINDS);

/** In another order than they are written, and with a column that is not. */
const READ = statement(
  'stored_rows.read',
  `SELECT value, more, document, at, name, id
   FROM json_to_recordset($1::json) AS sent (
     place integer, id text, name text, document jsonb, at timestamptz, value numeric, more text)
   ORDER BY place`,
);

const text = fc
  .string({ unit: 'binary', maxLength: 300 })
  .filter((one) => one.isWellFormed() && !one.includes('\0'));
const times = fc.oneof(
  fc
    .date({ min: new Date('0001-01-01'), max: new Date('9999-12-31'), noInvalidDate: true })
    .chain((date) =>
      fc.integer({ min: 0, max: 999_999 }).map((fraction) => {
        const digits = String(fraction).padStart(6, '0');
        return `${date.toISOString().slice(0, 19)}.${digits}Z`;
      }),
    ),
  fc.constantFrom('infinity', '-infinity', '0044-03-15 00:00:00+00 BC', '10000-01-01 00:00:00+00'),
  fc.constantFrom('2026-01-02 03:04:05Z', '2026-01-02 03:04:05.1Z', '2026-01-02 03:04:05.12345Z'),
);
const rows = fc.record({
  id: text,
  name: fc.option(fc.oneof(text, fc.constantFrom('', '"', '\\', '\u007f', '\u2028', 'é', '😀'))),
  document: fc
    .option(fc.jsonValue().map((value) => ({ value })))
    .filter(
      (document) =>
        !JSON.stringify(document).includes('\\u0000') && JSON.stringify(document).isWellFormed(),
    ),
  at: fc.option(times),
  value: fc.option(fc.constantFrom('0', '-1.50', '1e100', 'NaN', 'Infinity', '-Infinity')),
  more: fc.option(text),
});

it('rows that are left as they came are written as those that are read, and have the same members', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(rows, { minLength: 1, maxLength: 8 }), async (generated) => {
      const sent = JSON.stringify(generated.map((row, place) => ({ place, ...row })));
      const plain = await connection.database.query<Row>(READ, [sent]);
      const stored = await connection.database.page<Row>(READ, [sent], { isStored: true });
      expect(stored.rows.every(isStored)).toBe(true);
      expect(String(jsonList(stored.rows, write))).toBe(jsonList(plain, write));
      const columns = Object.keys(plain[0] ?? {}) as (keyof Row)[];
      expect(stored.rows.map((row) => columns.map((column) => row[column]))).toEqual(
        plain.map((row) => columns.map((column) => row[column])),
      );
    }),
  );
});

it('rows that are longer than what comes at a time are whole', async () => {
  const names = [1, 70_000, 3, 200_000].map((length) => '"\n😀é'.repeat(length));
  const sent = JSON.stringify(names.map((name, place) => ({ place, id: String(place), name })));
  const { rows: stored, bytes } = await connection.database.page<Row>(READ, [sent], {
    isStored: true,
  });
  const none = { document: null, at: null, value: null };
  expect(JSON.parse(String(jsonList(stored, write)))).toEqual(
    names.map((name, place) => ({ id: String(place), name, ...none })),
  );
  expect(bytes).toBeGreaterThan(Buffer.byteLength(names.join('')));
});

it('who does not ask for rows as they came does not get them, whoever asked before on the connection', async () => {
  const sent = JSON.stringify([{ place: 0, id: 'a' }]);
  const { rows: stored } = await connection.database.page<Row>(READ, [sent], { isStored: true });
  const plain = await connection.database.query<Row>(READ, [sent]);
  expect([...stored, ...plain].map(isStored)).toEqual([true, false]);
  expect({ ...plain[0] }).toMatchObject({ id: 'a', name: null });
});
