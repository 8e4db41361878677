import { StartupError } from '#errors';
import { DataSource } from 'typeorm';
import { connectionOptions, type DatabaseConfig } from './connection-options.js';
import { Database } from './database.js';
import { describeConnectionError } from './errors/describe-connection-error.js';
import { migrations } from './migrations/index.js';

/** A database in use by a program that is not the service. */
export interface Connection extends AsyncDisposable {
  readonly database: Database;
}

/**
 * Connects to a database that has the newest schema, and changes nothing of it.
 * @throws StartupError when the database cannot be reached, or the schema is an older one
 */
export async function connect(config: DatabaseConfig): Promise<Connection> {
  const dataSource = new DataSource(connectionOptions(config));
  try {
    await dataSource.initialize();
  } catch (error) {
    throw new StartupError(describeConnectionError(error, config.databaseUrl));
  }
  try {
    await requireNewestSchema(dataSource);
  } catch (error) {
    await dataSource.destroy();
    throw error;
  }
  return {
    database: new Database(dataSource),
    [Symbol.asyncDispose]: () => dataSource.destroy(),
  };
}

async function requireNewestSchema(dataSource: DataSource): Promise<void> {
  const done = await migrationsDone(dataSource);
  if (migrations.every(({ name }) => done.includes(name))) return;
  throw new StartupError(
    done.length === 0
      ? 'The database has none of the tables of Model DB: check which database is meant. The service makes them when it starts.'
      : 'The database has the schema of an older release: modeldb migrate up brings it up to date, and so does the service of this release when it starts.',
  );
}

/** The names of the migrations that the database says to have; none when it has never been migrated. */
export async function migrationsDone(dataSource: DataSource): Promise<string[]> {
  const [table] = await dataSource.query<{ found: boolean }[]>(
    `SELECT to_regclass('migrations') IS NOT NULL AS found`,
  );
  if (table?.found !== true) return [];
  const rows = await dataSource.query<{ name: string }[]>('SELECT name FROM migrations');
  return rows.map(({ name }) => name);
}
