import { withoutPassword } from '#database';
import { StartupError } from '#errors';
import pg from 'pg';
import type { Kind, LegacyRow } from './legacy-rows.js';
import type { LegacySource } from './legacy-source.js';
import { findTables, selectAll, type Dialect, type FoundTable } from './legacy-sql.js';

/** Documents can be large: so many rows of them still fit into memory. */
const ROWS_A_FETCH = 200;

/** Times without a zone are taken for UTC, which the session is set to. */
const DIALECT: Dialect = {
  text: (column) => `${column}::text`,
  time: (column) => `${column}::timestamptz::text`,
};

const CONNECT_MS = 10_000;

/** A PostgreSQL of the old service. One transaction sees one moment, whatever the old service goes on to write. */
export class PostgresSource implements LegacySource {
  private constructor(
    private readonly client: pg.Client,
    private readonly tables: Record<Kind, FoundTable>,
  ) {}

  static async open(url: string): Promise<PostgresSource> {
    const client = new pg.Client({
      connectionString: url,
      application_name: 'modeldb import',
      connectionTimeoutMillis: CONNECT_MS,
    });
    // One that is lost says so to the statement that runs as well.
    client.on('error', () => undefined);
    try {
      await client.connect();
    } catch (error) {
      throw new StartupError(
        `Cannot use the old service's PostgreSQL at ${withoutPassword(url)}: ${(error as Error).message}`,
      );
    }
    try {
      await client.query(
        `SET TimeZone = 'UTC'; SET DateStyle = 'ISO, YMD'; SET statement_timeout = 0;
         SET client_encoding = 'UTF8'; SET idle_in_transaction_session_timeout = 0;
         BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY`,
      );
      return new PostgresSource(client, await findTables((name) => findTable(client, name)));
    } catch (error) {
      await client.end();
      throw error;
    }
  }

  async count(kind: Kind): Promise<number> {
    const { rows } = await this.client.query<{ count: string }>(
      `SELECT count(*) FROM ${this.tables[kind].name}`,
    );
    return Number(rows[0]?.count);
  }

  async *rows(kind: Kind): AsyncGenerator<LegacyRow, void, void> {
    const select = selectAll(kind, this.tables[kind], DIALECT);
    await this.client.query(`DECLARE legacy NO SCROLL CURSOR FOR ${select}`);
    for (;;) {
      const { rows } = await this.client.query<LegacyRow>(
        `FETCH ${String(ROWS_A_FETCH)} FROM legacy`,
      );
      yield* rows;
      if (rows.length < ROWS_A_FETCH) break;
    }
    await this.client.query('CLOSE legacy');
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.client.end();
  }
}

async function findTable(client: pg.Client, name: string): Promise<FoundTable | undefined> {
  const { rows } = await client.query<{ column: string }>(
    `SELECT attname AS column FROM pg_attribute
     WHERE attrelid = to_regclass($1) AND attnum > 0 AND NOT attisdropped`,
    [name],
  );
  if (rows.length === 0) return undefined;
  return { name, columns: new Set(rows.map(({ column }) => column)) };
}
