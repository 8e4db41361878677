import { migrate, startEmbeddedPostgres } from '#database';
import type { Cleanup } from './cleanup.js';

/** Where a benchmark's data is: a database of the caller's, or a folder for one that is started here. */
export type Place = { readonly databaseUrl: string } | { readonly dataDir: string };

/** The folder of a data set, where no other is asked for. It is never the service's own. */
export function defaultDataDir(experiments: number): string {
  return `.modeldb-bench/${experiments}`;
}

/**
 * Opens the database, which gets the newest schema; `settings` are for a PostgreSQL that is started here.
 * @returns its address
 */
export async function openTarget(
  place: Place,
  cleanup: Cleanup,
  settings: Readonly<Record<string, string>> = {},
): Promise<string> {
  let url: string;
  if ('databaseUrl' in place) {
    url = place.databaseUrl;
  } else {
    const postgres = await startEmbeddedPostgres({ dataDir: place.dataDir, log, settings });
    cleanup.add(() => postgres.stop());
    ({ url } = postgres);
  }
  await migrate(url);
  return url;
}

function log(message: string): void {
  console.error(message);
}
