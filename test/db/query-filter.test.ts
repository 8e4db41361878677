import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import fc from 'fast-check';
import { Bindings, filterSql, parseFilter, type BoundValue } from '#query';
import { createDatabase, type TestDatabase } from '../support/database.js';
import { filters, records } from '../support/query/arbitraries.js';
import { printFilter } from '../support/query/print-filter.js';
import { jsonText, recordFields, type QueryRecord } from '../support/query/record.js';
import { evaluate, type Verdict } from '../support/query/reference-filter.js';

jest.setTimeout(120_000);

const seed = Date.now();
const rows = fc.sample(records, { numRuns: 300, seed });
let database: TestDatabase;

beforeAll(async () => {
  database = await createDatabase();
  await database.sql.query(
    `CREATE TABLE records (
       id integer, name text, version text COLLATE "C", created timestamptz, parameters jsonb, evaluations jsonb)`,
  );
  await insert(rows);
});

afterAll(() => database.drop());

async function insert(added: readonly QueryRecord[]): Promise<void> {
  const document = (value: QueryRecord['parameters']) => value && jsonText(value);
  await database.sql.query(
    `INSERT INTO records
     SELECT * FROM unnest($1::int[], $2::text[], $3::text[], $4::timestamptz[], $5::jsonb[], $6::jsonb[])`,
    [
      added.map((_, index) => index),
      added.map(({ name }) => name),
      added.map(({ version }) => version),
      added.map(({ created }) => created),
      added.map(({ parameters }) => document(parameters)),
      added.map(({ evaluations }) => document(evaluations)),
    ],
  );
}

async function query<Row extends object>(
  text: string,
  values: readonly BoundValue[],
): Promise<Row[]> {
  return (await database.sql.query<Row>(text, [...values])).rows;
}

/** What PostgreSQL says of each record. */
async function verdicts(where: string): Promise<Verdict[]> {
  const bindings = new Bindings();
  const sql = filterSql(parseFilter(where, recordFields), recordFields, bindings);
  const statement = `SELECT ${sql} AS verdict FROM records r ORDER BY r.id`;
  const found = await query<{ verdict: Verdict }>(statement, bindings.values);
  return found.map(({ verdict }) => verdict);
}

describe('a filter in SQL', () => {
  it('says of every record what the reference says, unknowns included', async () => {
    const seen = new Set<string>();
    await fc.assert(
      fc.asyncProperty(filters, async (filter) => {
        const text = printFilter(filter);
        const expected = rows.map((record) => evaluate(filter, record));
        const kinds = filter.kind === 'compare' ? filter.operator : filter.kind;
        for (const verdict of expected) seen.add(`${kinds} ${String(verdict)}`);
        // The seed of the records, for when this fails.
        expect({ seed, text, verdicts: await verdicts(text) }).toEqual({
          seed,
          text,
          verdicts: expected,
        });
      }),
      { numRuns: 500 },
    );
    // Otherwise the filters would have missed the records.
    const kinds = ['=', '!=', '<', '<=', '>', '>=', 'in', 'between', 'like', 'and', 'or', 'not'];
    const all = kinds.flatMap((kind) => [true, false, null].map((v) => `${kind} ${String(v)}`));
    expect([...seen]).toEqual(expect.arrayContaining([...all, 'null true', 'null false']));
  });

  it.each([
    ["version ILIKE 'größe'", `'GRÖßE' COLLATE "C" AS version`],
    // By the rules of English, "a" stands before "B".
    ["name > 'B'", `'a' COLLATE "en-x-icu" AS name`],
    ["name BETWEEN 'B' AND 'b'", `'a' COLLATE "en-x-icu" AS name`],
  ])('does not depend on the collation of a column: %s', async (where, columns) => {
    const bindings = new Bindings();
    const sql = filterSql(parseFilter(where, recordFields), recordFields, bindings);
    const statement = `SELECT ${sql} AS verdict FROM (SELECT ${columns}) r`;
    expect(await query(statement, bindings.values)).toEqual([{ verdict: true }]);
  });

  it('numbers its parameters after those of the statement', async () => {
    const bindings = new Bindings(['0']);
    const filter = parseFilter("name = 'adam' OR name IS NULL", recordFields);
    const sql = filterSql(filter, recordFields, bindings);
    const statement = `SELECT count(*)::int AS count FROM records r WHERE r.id >= $1::int AND ${sql}`;
    const [found] = await query<{ count: number }>(statement, bindings.values);
    const expected = rows.filter((record) => evaluate(filter, record) === true);
    expect(found?.count).toBe(expected.length);
  });

  it('has its JSON functions written into the statement', async () => {
    const where =
      "parameters.a > 5 AND parameters.b LIKE 'x' AND parameters.c = TRUE AND parameters.d IN (1)";
    const bindings = new Bindings();
    const sql = filterSql(parseFilter(where, recordFields), recordFields, bindings);
    const plan = await query<{ 'QUERY PLAN': string }>(
      `EXPLAIN (VERBOSE) SELECT FROM records r WHERE ${sql}`,
      bindings.values,
    );
    const text = plan.map((line) => line['QUERY PLAN']).join('\n');
    expect(text).toContain('CASE WHEN');
    expect(text).not.toMatch(/json_(?:number|string|boolean)/);
  });
});

const ATTEMPTS = [
  `'; DROP TABLE records; --`,
  `' OR '1'='1`,
  `\\'; DROP TABLE records; --`,
  `$1`,
  `$$; DROP TABLE records; $$`,
  `") OR true --`,
  `\`) OR true --`,
  `/* */ UNION SELECT 1`,
  `{a,b}`,
  `a","b`,
  `NULL`,
  `\\`,
  `%`,
];

describe('what looks like SQL', () => {
  const quoted = (text: string, mark: string) =>
    `${mark}${text.replaceAll(mark, mark + mark)}${mark}`;

  it.each(ATTEMPTS)('is plain text in quotes: %s', async (attempt) => {
    const text = quoted(attempt, "'");
    const key = quoted(attempt, '"');
    const backticked = quoted(attempt, '`');
    const pattern = quoted(attempt.replaceAll(/[\\%_]/g, String.raw`\$&`), "'");
    await database.sql.query('BEGIN');
    await database.sql.query('DELETE FROM records');
    await database.sql.query(
      `INSERT INTO records (id, name, parameters) VALUES (1, $1, jsonb_build_object($1::text, $1::text)), (2, 'x', '{}')`,
      [attempt],
    );
    const wheres = [
      `name = ${text}`,
      `name IN (${text}, 'y')`,
      `name LIKE ${pattern}`,
      `name BETWEEN ${text} AND ${text}`,
      `parameters.${key} = ${text}`,
      `parameters.${backticked} IN (${text})`,
      `parameters.${key} IS NOT NULL`,
    ];
    for (const where of wheres) {
      expect({ where, verdicts: (await verdicts(where)).map(Boolean) }).toEqual({
        where,
        verdicts: [true, false],
      });
    }
    await database.sql.query('ROLLBACK');
  });

  it.each([
    ...ATTEMPTS,
    `name = 'x'; DROP TABLE records`,
    `name = 'x' --`,
    `name = 'x' /* */`,
    `name = 'x' UNION SELECT 1`,
    `name = (SELECT 1)`,
    `name = pg_sleep(1)`,
    `name = $1`,
    `name::int = 1`,
    `r.name = 'x'`,
    `1 = 1`,
  ])('is refused outside quotes: %s', async (where) => {
    await expect(verdicts(where)).rejects.toMatchObject({ code: 'INVALID_FILTER' });
    expect(await query('SELECT FROM records', [])).toHaveLength(rows.length);
  });
});
