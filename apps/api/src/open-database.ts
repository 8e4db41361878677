import { resolve } from 'node:path';
import type { Config } from '#config';
import { migrate, startEmbeddedPostgres, withoutPassword } from '#database';

/** The database the service uses. */
export interface OpenDatabase {
  readonly url: string;
  /** Where the data is, for people. */
  readonly place: string;
  /** Stops what was started for it. */
  close(): Promise<void>;
}

/** Starts the embedded PostgreSQL unless `DATABASE_URL` names another, and brings the schema up to date. */
export async function openDatabase(
  config: Pick<Config, 'databaseUrl' | 'dataDir' | 'poolMode' | 'preparesStatements'>,
  log: (message: string) => void,
): Promise<OpenDatabase> {
  if (config.databaseUrl !== undefined) {
    await migrate(config.databaseUrl, config);
    return {
      url: config.databaseUrl,
      place: withoutPassword(config.databaseUrl),
      close: () => Promise.resolve(),
    };
  }
  const dataDir = resolve(config.dataDir);
  const postgres = await startEmbeddedPostgres({ dataDir, log });
  try {
    await migrate(postgres.url, config);
  } catch (error) {
    await postgres.stop();
    throw error;
  }
  return { url: postgres.url, place: dataDir, close: () => postgres.stop() };
}
