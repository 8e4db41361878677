import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sqlite from 'node-sqlite3-wasm';
import { oldSchema } from '../../bench/legacy/old-tables.js';
import { createDatabase } from './database.js';

/** A database of the old service. */
export interface LegacyPlace extends AsyncDisposable {
  /** What the command is told. */
  readonly source: string;
  run(sql: string): Promise<void>;
}

export async function legacyPostgres(): Promise<LegacyPlace> {
  const { url, sql, drop } = await createDatabase('template0');
  await sql.query(oldSchema('TIMESTAMP WITH TIME ZONE'));
  // Times of the rows are written without a zone.
  await sql.query(`SET TimeZone = 'UTC'`);
  return {
    source: url,
    run: async (text) => {
      await sql.query(text);
    },
    [Symbol.asyncDispose]: drop,
  };
}

export async function legacySqlite(): Promise<LegacyPlace> {
  const folder = await mkdtemp(join(tmpdir(), 'modeldb-legacy-'));
  const source = join(folder, 'old.db');
  const run = (text: string): Promise<void> => {
    const database = new sqlite.Database(source);
    database.exec(text);
    database.close();
    return Promise.resolve();
  };
  await run(oldSchema('DATETIME'));
  return {
    source,
    run,
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}

/** Records that are in order, and one of each defect that both databases let happen. */
export const ROWS = `
  INSERT INTO projects VALUES
    ('p1', 'iris', 'flowers', '2021-03-04 05:06:07'),
    ('p2', 'iris', NULL, '2021-03-05 00:00:00.123456'),
    ('p1', 'again', NULL, '2021-03-06 00:00:00'),
    ('p4', '', NULL, '2021-03-06 00:00:00');
  INSERT INTO models VALUES
    ('m1', 'p1', 'tree', 'a/b "c"', '2021-03-04 05:06:08'),
    ('m2', 'p1', 'tree', NULL, '2021-03-04 05:06:09'),
    ('m3', 'p2', 'tree', NULL, '2021-03-04 05:06:09'),
    ('m4', 'nobody', 'lost', NULL, '2021-03-04 05:06:09');
  INSERT INTO experiments VALUES
    ('1e5000', 'v1', 'm1', '{"lr": 0.10, "deep": {"a": [1, 2]}}', 'train', NULL, 'test',
      '{"accuracy": 0.9, "val": {"loss": 1e-7}, "note": "NaN?"}', '{"model": "s3://é"}', '2021-03-04 05:06:10.5'),
    ('e2', 'v2', 'm1', 'null', NULL, NULL, NULL, NULL, NULL, '2021-03-04 05:06:11'),
    ('e2', 'v2', 'm1', NULL, NULL, NULL, NULL, NULL, NULL, '2021-03-04 05:06:12'),
    ('e3', 'v3', 'm2', NULL, NULL, NULL, NULL, '{"accuracy": 1}', NULL, '2021-03-04 05:06:12'),
    ('e4', 'v4', 'm1', '[1]', NULL, NULL, NULL, '5', NULL, '2021-03-04 05:06:12'),
    ('e5', 'v5', 'm1', '{"a": "\\u0000"}', NULL, NULL, NULL, NULL, NULL, '2021-03-04 05:06:12'),
    ('e6', NULL, 'm1', NULL, NULL, NULL, NULL, NULL, NULL, '2021-03-04 05:06:12'),
    ('e7', '', 'm1', NULL, NULL, NULL, NULL, NULL, NULL, '2021-03-04 05:06:12');`;

/** What is said of {@link ROWS}: the id, the problem. */
export const DEFECTS = [
  ['p1', 'duplicate_id'],
  ['p2', 'name_collision'],
  ['p4', 'not_storable'],
  ['m2', 'name_collision'],
  ['m3', 'orphan'],
  ['m4', 'orphan'],
  ['e2', 'duplicate_id'],
  ['e3', 'orphan'],
  ['e4', 'not_an_object'],
  ['e4', 'not_an_object'],
  ['e5', 'not_storable'],
  ['e6', 'missing_value'],
  ['e7', 'not_storable'],
];
