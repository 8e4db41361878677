import { rmSync } from 'node:fs';
import sqlite from 'node-sqlite3-wasm';
import pg from 'pg';
import { line } from '../data/copy-text.js';
import { sendRows } from '../fill/send-rows.js';
import { oldRows, type OldRow } from './old-rows.js';
import { OLD_COLUMNS, OLD_TABLES, oldSchema, type OldTable } from './old-tables.js';

/** Makes the old database as a SQLite file, in place of one that is there. */
export function makeOldSqlite(path: string, experiments: number): void {
  rmSync(path, { force: true });
  const database = new sqlite.Database(path);
  try {
    database.exec(oldSchema('DATETIME'));
    database.exec('BEGIN');
    for (const table of OLD_TABLES) {
      const columns = OLD_COLUMNS[table];
      const places = columns.map(() => '?').join(', ');
      const insert = database.prepare(
        `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${places})`,
      );
      for (const { values } of rowsOf(table, experiments)) insert.run([...values]);
      insert.finalize();
    }
    database.exec('COMMIT');
  } finally {
    database.close();
  }
}

/** Makes the old database in an empty PostgreSQL database. */
export async function makeOldPostgres(url: string, experiments: number): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(oldSchema('TIMESTAMP WITH TIME ZONE'));
    await client.query(`SET TimeZone = 'UTC'`);
    for (const table of OLD_TABLES) {
      const write = ({ values }: OldRow): string => line(...values);
      const format = { table, columns: OLD_COLUMNS[table], write };
      await sendRows(client, format, rowsOf(table, experiments));
    }
  } finally {
    await client.end();
  }
}

/** They are made anew for each table: nothing is kept in memory. */
function* rowsOf(table: OldTable, experiments: number): Generator<OldRow, void, void> {
  for (const row of oldRows(experiments)) if (row.table === table) yield row;
}
