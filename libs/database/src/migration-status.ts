import { StartupError } from '#errors';
import { DataSource } from 'typeorm';
import { connectionOptions, type SessionConfig } from './connection-options.js';
import { describeConnectionError } from './errors/describe-connection-error.js';
import { migrationsDone } from './connect.js';
import { migrations } from './migrations/index.js';

/** The migrations of this release, in the order in which they run. */
export const MIGRATION_NAMES: readonly string[] = migrations.map(({ name }) => name);

/** Which migrations a database has, by their names, in the order in which they run. */
export interface MigrationStatus {
  readonly done: readonly string[];
  readonly pending: readonly string[];
  /** Those of a newer release: this one does not know them. */
  readonly unknown: readonly string[];
}

/**
 * Looks, and changes nothing.
 * @throws StartupError when the database cannot be reached
 */
export async function migrationStatus(
  databaseUrl: string,
  session: SessionConfig = {},
): Promise<MigrationStatus> {
  const dataSource = new DataSource(
    connectionOptions({
      ...session,
      databaseUrl,
      poolSize: 1,
      poolWaitMs: 10_000,
      queueSize: 1,
      statementTimeoutMs: 10_000,
    }),
  );
  try {
    await dataSource.initialize();
  } catch (error) {
    throw new StartupError(describeConnectionError(error, databaseUrl));
  }
  try {
    return compare(await migrationsDone(dataSource));
  } finally {
    await dataSource.destroy();
  }
}

function compare(there: readonly string[]): MigrationStatus {
  return {
    done: MIGRATION_NAMES.filter((name) => there.includes(name)),
    pending: MIGRATION_NAMES.filter((name) => !there.includes(name)),
    unknown: there.filter((name) => !MIGRATION_NAMES.includes(name)),
  };
}
