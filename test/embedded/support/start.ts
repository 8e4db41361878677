import pg from 'pg';
import { startEmbeddedPostgres, type EmbeddedPostgres } from '#database';
import { onCleanUp } from './clean-up.js';

/** A PostgreSQL of this process, and what was logged about it. */
export interface Started extends EmbeddedPostgres {
  readonly logs: readonly string[];
}

/** Starts PostgreSQL as the service would; it is stopped after the test. */
export async function start(
  dataDir: string,
  settings: Record<string, string> = {},
): Promise<Started> {
  const logs: string[] = [];
  const log = (message: string) => void logs.push(message);
  const postgres = await startEmbeddedPostgres({
    dataDir,
    log,
    settings: { fsync: 'off', ...settings },
  });
  onCleanUp(() => postgres.stop());
  return { url: postgres.url, stop: () => postgres.stop(), logs };
}

/** The error of a start that must fail. */
export async function startFailure(
  dataDir: string,
  settings?: Record<string, string>,
): Promise<Error> {
  try {
    await start(dataDir, settings);
  } catch (error) {
    if (error instanceof Error) return error;
  }
  throw new Error('The start did not fail');
}

/** Runs one statement on a connection of its own. */
export async function query(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

/** Whether PostgreSQL answers. */
export async function answers(url: string): Promise<boolean> {
  return query(url, 'SELECT').then(
    () => true,
    () => false,
  );
}
