import { loadConfig, type Config } from '#config';
import { StartupError } from '#errors';
import { connect, joinEmbeddedPostgres, type Connection, type Database } from '#database';

/** Most commands run one statement at a time. */
const POOL_SIZE = 1;

/** What a command needs of the database. */
interface DatabaseUse {
  /** How many statements run at a time. */
  readonly poolSize?: number;
  /** Its statements may take as long as they like. */
  readonly isPatient?: boolean;
  /** It keeps something on its connection from one statement to the next. */
  readonly needsSession?: boolean;
}

/**
 * Runs a command's work on the database that the configuration names, and closes what was opened for it.
 * @param log - is told what takes a while
 * @throws StartupError when the database cannot be used
 */
export function withDatabase<Result>(
  log: (message: string) => void,
  work: (database: Database, databaseUrl: string) => Promise<Result>,
  { poolSize = POOL_SIZE, isPatient = false, needsSession = false }: DatabaseUse = {},
): Promise<Result> {
  return withDatabaseUrl(log, async (databaseUrl, config) => {
    if (needsSession && config.poolMode === 'transaction') throw sessionNeeded();
    const statementTimeoutMs = isPatient ? 0 : config.statementTimeoutMs;
    const settings = { ...config, databaseUrl, poolSize, statementTimeoutMs };
    await using connection: Connection = await connect(settings);
    return await work(connection.database, databaseUrl);
  });
}

function sessionNeeded(): StartupError {
  return new StartupError(
    'This command keeps temporary tables on its connection: let DATABASE_URL name PostgreSQL itself, and leave DATABASE_POOL_MODE out.',
  );
}

/**
 * Runs a command's work on the address of the database, whatever its schema is.
 * @throws StartupError when the embedded database cannot be used
 */
export async function withDatabaseUrl<Result>(
  log: (message: string) => void,
  on: (databaseUrl: string, config: Config) => Promise<Result>,
  config = loadConfig(),
): Promise<Result> {
  if (config.databaseUrl !== undefined) return on(config.databaseUrl, config);
  const postgres = await joinEmbeddedPostgres({ dataDir: config.dataDir, log });
  try {
    return await on(postgres.url, config);
  } finally {
    await postgres.stop();
  }
}
