import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { lstat } from 'node:fs/promises';
import fc from 'fast-check';
import type pg from 'pg';
import { exportArchive } from '../../apps/cli/src/archive/export-archive.js';
import { ARCHIVED, LEFT_OUT } from '../../apps/cli/src/archive/tables.js';
import { allRows, filesOf, importFrom, manifestOf, place } from '../support/archives.js';
import { untilBlocked } from '../support/barrier.js';
import { createDatabase, type TestDatabase } from '../support/database.js';
import { STORABLE_TEXTS } from '../support/hostile.js';
import { outOfStep } from '../support/out-of-step.js';

let source: TestDatabase;
let target: TestDatabase;
beforeEach(async () => {
  [source, target] = await Promise.all([createDatabase(), createDatabase()]);
});
afterEach(() => Promise.all([source.drop(), target.drop()]));

/** What an import does not bring: each database has its own. */
const OWN = ['service_secrets', 'migrations', 'typeorm_metadata'];

const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 8 }).filter((value) => !value.includes('\0')),
  fc.constantFrom(...STORABLE_TEXTS.map(([, value]) => value)),
);
const name = fc.tuple(fc.uuid(), text).map(([id, value]) => (id + value).slice(0, 255));
/** JSON texts: of numbers those that no double holds. */
const json: fc.Arbitrary<string> = fc.letrec<{ value: string; object: string }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom(
      'null',
      'true',
      '0',
      '-0',
      '-0.0',
      '1.0',
      '1.50',
      '1e400',
      '-1e-400',
      '9007199254740993',
    ),
    text.map((value) => JSON.stringify(value)),
    fc.constantFrom('"NaN"', '"Infinity"', '"-Infinity"', '[]', '{}'),
    fc.array(tie('value'), { maxLength: 3 }).map((values) => `[${values.join(', ')}]`),
    tie('object'),
  ),
  object: fc
    .array(fc.tuple(text, tie('value')), { maxLength: 4 })
    .map(
      (members) =>
        `{${members.map(([key, value]) => `${JSON.stringify(key)} : ${value}`).join(',')}}`,
    ),
})).object;
const nullable = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: null });
const time = fc
  .tuple(
    fc.integer({ min: -60_000_000_000, max: 250_000_000_000 }),
    fc.integer({ min: 0, max: 999_999 }),
  )
  .map(
    ([seconds, micro]) =>
      `${new Date(seconds * 1000)
        .toISOString()
        .replace(/^([+-])0*/, '')
        .slice(0, -5)}.${String(micro).padStart(6, '0')}Z`,
  )
  .filter((value) => /^\d{4}-/.test(value));
const number = fc.constantFrom(
  'NaN',
  'Infinity',
  '-Infinity',
  '0.10',
  '1e300',
  '-12345678901234567890.123456789',
  '0',
);
const step = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map(String);

/** A project with all that can hang off it. */
const tree = fc.record({
  id: fc.uuid(),
  name,
  description: nullable(text),
  tags: nullable(json),
  documents: fc.tuple(nullable(json), nullable(json), nullable(json)),
  datasets: fc.tuple(nullable(text), nullable(text), nullable(text)),
  times: fc.tuple(time, time, nullable(time)),
  key: name,
  points: fc.uniqueArray(fc.tuple(step, time, number), { maxLength: 5, selector: String }),
  answer: fc.oneof(json, fc.constant('null')),
  change: fc.tuple(fc.oneof(json, fc.constantFrom(null, 'null')), nullable(json)),
});
type Tree = typeof tree extends fc.Arbitrary<infer Value> ? Value : never;

async function plant(sql: pg.Client, { id, ...of }: Tree): Promise<void> {
  await sql.query(`INSERT INTO projects VALUES ($1, $2, $3, $4, $5, $6, $7)`, [
    id,
    of.name,
    of.description,
    of.tags,
    ...of.times,
  ]);
  await sql.query(`INSERT INTO models VALUES ($1, $1, $2, $3, $4, $5, $6, $7)`, [
    id,
    of.name,
    of.description,
    of.tags,
    ...of.times,
  ]);
  await sql.query(
    `INSERT INTO experiments VALUES ($1, $1, $1, $2, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
    [
      id,
      of.name,
      of.description,
      of.documents[0],
      ...of.datasets,
      ...of.documents.slice(1),
      of.tags,
      ...of.times,
    ],
  );
  await sql.query(`INSERT INTO project_members VALUES ($1, $2, 'editor', $2, $3)`, [
    id,
    of.key,
    of.times[0],
  ]);
  await sql.query(`INSERT INTO api_keys VALUES ($1, $2, 'admin', 'digest', $2, $3, $4, $4, $4)`, [
    id,
    of.name,
    of.times[0],
    of.times[2],
  ]);
  await sql.query(`INSERT INTO idempotency_keys VALUES ($1, $2, $3, $4)`, [
    of.key,
    of.name,
    of.answer,
    of.times[0],
  ]);
  await sql.query(
    `WITH made AS (
       INSERT INTO metric_series (experiment_id, key, count, last, last_step, last_timestamp, min, max)
       VALUES ($1, left($2, 250), 0, 'NaN', 0, '-infinity', 'Infinity', '1e-300') RETURNING series_id)
     INSERT INTO metric_points SELECT series_id, step, recorded, value
     FROM made, unnest($3::bigint[], $4::timestamptz[], $5::numeric[]) point (step, recorded, value)`,
    [id, of.key, ...[0, 1, 2].map((place) => of.points.map((point) => point[place]))],
  );
  await sql.query(
    `INSERT INTO audit_events (occurred, actor, method, action, entity_type, entity_id, before, after)
     VALUES ($1, $2, 'none', 'x', 'x', $3, $4, $5)`,
    [of.times[0], of.name, id, ...of.change],
  );
}

/** What an import takes away and brings back. */
async function schemaOf(sql: pg.Client): Promise<unknown> {
  const { rows } = await sql.query(
    `SELECT indexdef AS definition FROM pg_indexes WHERE schemaname = 'public'
     UNION ALL
     SELECT conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid) FROM pg_constraint
     WHERE connamespace = 'public'::regnamespace
     ORDER BY 1`,
  );
  return rows;
}

/** Ends the connection of an export or an import, as a restart of PostgreSQL does. */
async function terminate(sql: pg.Client): Promise<void> {
  await sql.query(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
     WHERE datname = current_database() AND application_name = 'modeldb archive'`,
  );
}

describe('an export', () => {
  it('has every table and every column, or says why not', async () => {
    const { rows } = await source.sql.query<{ table: string; columns: Record<string, string> }>(
      `SELECT c.relname AS table, json_object_agg(a.attname, format_type(a.atttypid, a.atttypmod) ORDER BY a.attnum) AS columns
       FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
       WHERE c.relkind IN ('r', 'p') AND c.relnamespace = 'public'::regnamespace
         AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
       GROUP BY 1`,
    );
    const types = { 'timestamp with time zone': 'timestamptz' } as Record<string, string>;
    const there = rows
      .filter(({ table }) => !(table in LEFT_OUT))
      .map(({ table, columns }) => [
        table,
        Object.fromEntries(
          Object.entries(columns).map(([column, type]) => [column, types[type] ?? type]),
        ),
      ]);
    expect(Object.fromEntries(ARCHIVED.map(({ table, columns }) => [table, columns]))).toEqual(
      Object.fromEntries(there),
    );
    const names = rows.map(({ table }) => table);
    expect(Object.keys(LEFT_OUT).filter((table) => !names.includes(table))).toEqual([]);
  });

  it('is imported and exported again byte for byte, whatever the rows hold', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(tree, { minLength: 3, maxLength: 8 }), async (trees) => {
        const [one, other] = await Promise.all([createDatabase(), createDatabase()]);
        await using folders = await place();
        try {
          await one.sql.query(`SET TimeZone = 'Asia/Kolkata'`);
          for (const given of trees) await plant(one.sql, given);
          await exportArchive(one.url, folders.in('one'));
          await importFrom(folders.in('one'), other.url);
          await exportArchive(other.url, folders.in('other'));
          expect(await filesOf(folders.in('other'))).toEqual(await filesOf(folders.in('one')));
          const [{ snapshot_datetime: _one, ...first }, { snapshot_datetime: _other, ...second }] =
            await Promise.all([manifestOf(folders.in('one')), manifestOf(folders.in('other'))]);
          expect(second).toEqual(first);
          await other.sql.query(`SET TimeZone = 'Asia/Kolkata'`);
          expect(await schemaOf(other.sql)).toEqual(await schemaOf(one.sql));
          const ours = [...OWN, 'experiment_evaluations'];
          expect(await allRows(other.sql, ours)).toEqual(await allRows(one.sql, ours));
          expect(await outOfStep(other.sql)).toEqual([]);
        } finally {
          await Promise.all([one.drop(), other.drop()]);
        }
      }),
      { numRuns: 3, endOnFailure: true },
    );
  });

  it('that loses its connection says so in a line, and leaves nothing', async () => {
    await using folders = await place();
    await source.sql.query('BEGIN; LOCK TABLE metric_points IN ACCESS EXCLUSIVE MODE');
    const failed = exportArchive(source.url, folders.in('lost')).catch((error: unknown) => error);
    await untilBlocked(source.sql, 1);
    await terminate(source.sql);
    expect(await failed).toMatchObject({
      name: 'StartupError',
      message: expect.stringContaining('The export failed, and nothing of it is left: '),
    });
    await source.sql.query('ROLLBACK');
    await expect(lstat(folders.in('lost'))).rejects.toThrow('ENOENT');
  });

  it('is closed to others, and needs a folder of its own', async () => {
    await using folders = await place();
    await exportArchive(source.url, folders.in('deep/archive'));
    const modes = ['', '/manifest.json', '/api_keys.ndjson'].map(
      async (name) => (await lstat(folders.in('deep/archive') + name)).mode & 0o777,
    );
    expect(await Promise.all(modes)).toEqual([0o700, 0o600, 0o600]);
    await expect(exportArchive(source.url, folders.in('deep'))).rejects.toThrow('is not empty');
  });
});

describe('an import', () => {
  it('that loses its connection says so in a line, and leaves nothing', async () => {
    await using folders = await place();
    await source.sql.query(`INSERT INTO projects (project_id, project_name) VALUES ('p', 'p')`);
    await exportArchive(source.url, folders.in('sound'));
    // The last thing that it does before it commits is to set this.
    await target.sql.query('BEGIN; ALTER SEQUENCE audit_events_event_id_seq CACHE 1');
    const failed = importFrom(folders.in('sound'), target.url).catch((error: unknown) => error);
    await untilBlocked(target.sql, 1);
    await terminate(target.sql);
    expect(await failed).toMatchObject({
      name: 'StartupError',
      message: expect.stringContaining('The import failed, and nothing was imported: '),
    });
    await target.sql.query('ROLLBACK');
    expect((await target.sql.query('SELECT FROM projects')).rowCount).toBe(0);
  });
});
