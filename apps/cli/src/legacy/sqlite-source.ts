import { access, constants } from 'node:fs/promises';
import { StartupError } from '#errors';
import sqlite from 'node-sqlite3-wasm';
import type { Kind, LegacyRow } from './legacy-rows.js';
import type { LegacySource } from './legacy-source.js';
import { findTables, selectAll, type Dialect, type FoundTable } from './legacy-sql.js';

/** SQLite keeps a value as what it looks like, in a column of type JSON a bare number as one: all of it is read as text. */
const DIALECT: Dialect = {
  text: (column) => `CAST(${column} AS TEXT)`,
  time: (column) => `CAST(${column} AS TEXT)`,
};

/** A SQLite file of the old service. */
export class SqliteSource implements LegacySource {
  private constructor(
    private readonly database: InstanceType<typeof sqlite.Database>,
    private readonly tables: Record<Kind, FoundTable>,
  ) {}

  static async open(path: string): Promise<SqliteSource> {
    try {
      await access(path, constants.R_OK);
    } catch {
      throw new StartupError(`There is no file ${path} that can be read.`);
    }
    let database: InstanceType<typeof sqlite.Database> | undefined;
    try {
      database = new sqlite.Database(path, { readOnly: true });
      const opened = database;
      // A read transaction: all tables are read at one moment.
      opened.exec('BEGIN');
      const tables = await findTables((name) => Promise.resolve(findTable(opened, name)));
      return new SqliteSource(opened, tables);
    } catch (error) {
      database?.close();
      if (error instanceof StartupError) throw error;
      throw new StartupError(explain(path, (error as Error).message));
    }
  }

  count(kind: Kind): Promise<number> {
    const row = this.database.get(`SELECT count(*) AS count FROM ${this.tables[kind].name}`);
    return Promise.resolve(Number(row?.['count']));
  }

  *rows(kind: Kind): Generator<LegacyRow, void, void> {
    const statement = this.database.prepare(selectAll(kind, this.tables[kind], DIALECT));
    try {
      yield* statement.iterate() as IterableIterator<LegacyRow>;
    } finally {
      statement.finalize();
    }
  }

  [Symbol.asyncDispose](): Promise<void> {
    this.database.close();
    return Promise.resolve();
  }
}

function findTable(
  database: InstanceType<typeof sqlite.Database>,
  name: string,
): FoundTable | undefined {
  const rows = database.all('SELECT name FROM pragma_table_info(?)', [name]);
  if (rows.length === 0) return undefined;
  return { name, columns: new Set(rows.map((row) => row['name'] as string)) };
}

function explain(path: string, message: string): string {
  if (message.includes('unable to open')) {
    return `Cannot read ${path}: if it is in WAL mode, stop the old service and run: sqlite3 ${path} "PRAGMA journal_mode = DELETE"`;
  }
  if (message.includes('locked')) {
    return `Cannot read ${path}: it is locked. Stop the old service; if nothing uses the file, remove ${path}.lock.`;
  }
  return `Cannot read ${path}: ${message}`;
}
