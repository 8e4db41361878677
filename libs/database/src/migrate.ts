import { StartupError } from '#errors';
import { DataSource } from 'typeorm';
import { connectionOptions, type SessionConfig } from './connection-options.js';
import { describeConnectionError } from './errors/describe-connection-error.js';
import { describeMigrationError } from './errors/describe-migration-error.js';

/** The oldest PostgreSQL that is supported, as `server_version_num` has it. */
const OLDEST_VERSION = 140_000;
/** Held while migrating, so that of many services that start at once one migrates and the others wait. */
const MIGRATION_LOCK = 4_203_198_276_021;

/**
 * Brings a database to the newest schema; does nothing where it already is.
 * @returns the names of the migrations that were run
 * @throws StartupError when the database cannot be reached, is not fit, or does not let itself be changed
 */
export async function migrate(databaseUrl: string, session: SessionConfig = {}): Promise<string[]> {
  const dataSource = new DataSource({
    ...connectionOptions({
      ...session,
      databaseUrl,
      poolSize: 2,
      poolWaitMs: 10_000,
      queueSize: 1,
      statementTimeoutMs: 0,
    }),
    // Prints nothing by itself: what goes wrong is said in the one line that is thrown.
    logger: 'debug',
  });
  try {
    await dataSource.initialize();
  } catch (error) {
    throw new StartupError(describeConnectionError(error, databaseUrl));
  }
  try {
    await requireUsable(dataSource, session);
    return await migrateAlone(dataSource);
  } catch (error) {
    if (error instanceof StartupError) throw error;
    throw new StartupError(describeMigrationError(error, databaseUrl), { cause: error });
  } finally {
    await dataSource.destroy();
  }
}

interface Server {
  readonly number: string;
  readonly version: string;
  readonly encoding: string;
  readonly isolation: string;
}

async function requireUsable(dataSource: DataSource, { poolMode }: SessionConfig): Promise<void> {
  const [row] = await dataSource.query<Server[]>(
    `SELECT current_setting('server_version_num') AS number,
       current_setting('server_version') AS version,
       current_setting('server_encoding') AS encoding,
       current_setting('default_transaction_isolation') AS isolation`,
  );
  if (Number(row?.number) < OLDEST_VERSION) {
    throw new StartupError(
      `The database is PostgreSQL ${row?.version ?? '?'}: Model DB needs PostgreSQL 14 or newer.`,
    );
  }
  if (row?.encoding !== 'UTF8') {
    throw new StartupError(
      `The database keeps text as ${row?.encoding ?? '?'}: Model DB needs one made with ENCODING 'UTF8' (and TEMPLATE template0).`,
    );
  }
  // Otherwise each connection sets it for itself.
  if (poolMode === 'transaction' && row.isolation !== 'read committed') {
    throw new StartupError(
      `Transactions of the database are ${row.isolation}: with DATABASE_POOL_MODE=transaction they have to be read committed: ALTER DATABASE or ALTER ROLE ... SET default_transaction_isolation = 'read committed'.`,
    );
  }
}

async function migrateAlone(dataSource: DataSource): Promise<string[]> {
  const holder = dataSource.createQueryRunner();
  // The lock of a transaction, not of a session: a pooler may give the session to somebody else.
  await holder.startTransaction();
  try {
    await holder.query('SET LOCAL idle_in_transaction_session_timeout = 0');
    await holder.query('SELECT pg_advisory_xact_lock($1)', [MIGRATION_LOCK]);
    const done = await dataSource.runMigrations({ transaction: 'each' });
    return done.map(({ name }) => name);
  } finally {
    await holder.rollbackTransaction();
    await holder.release();
  }
}
