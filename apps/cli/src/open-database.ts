import { loadConfig } from '#config';
import { connect, joinEmbeddedPostgres, type Connection, type Database } from '#database';

/** Most commands run one statement at a time. */
const POOL_SIZE = 1;

/**
 * Runs a command's work on the database that the configuration names, and closes what was opened for it.
 * @param log - is told what takes a while
 * @param poolSize - how many statements run at a time
 * @throws StartupError when the database cannot be used
 */
export async function withDatabase<Result>(
  log: (message: string) => void,
  work: (database: Database) => Promise<Result>,
  poolSize = POOL_SIZE,
): Promise<Result> {
  const config = loadConfig();
  const on = async (databaseUrl: string): Promise<Result> => {
    const settings = { ...config, databaseUrl, poolSize };
    await using connection: Connection = await connect(settings);
    return await work(connection.database);
  };
  if (config.databaseUrl !== undefined) return on(config.databaseUrl);
  const postgres = await joinEmbeddedPostgres({ dataDir: config.dataDir, log });
  try {
    return await on(postgres.url);
  } finally {
    await postgres.stop();
  }
}
