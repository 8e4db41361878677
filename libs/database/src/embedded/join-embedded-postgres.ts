import { resolve } from 'node:path';
import { StartupError } from '#errors';
import { urlOf, type Cluster } from './cluster.js';
import { clusterFolder } from './data-folder.js';
import type { EmbeddedPostgres, EmbeddedPostgresOptions } from './embedded-postgres.js';
import { explainFileError, isThere, NotYet } from './failures.js';
import { findPostmaster, isReady } from './postmaster.js';
import { prepare } from './prepare.js';
import { startEmbeddedPostgres } from './start-embedded-postgres.js';

/**
 * Uses the data in a folder as a guest, for as long as a command takes. A PostgreSQL that runs there, because a Model DB
 * uses it, is shared: `stop` leaves it running. Otherwise one is started, and `stop` stops it.
 *
 * @throws StartupError when there is no data, or PostgreSQL cannot be had
 */
export async function joinEmbeddedPostgres(
  options: EmbeddedPostgresOptions,
): Promise<EmbeddedPostgres> {
  const dataDir = resolve(options.dataDir);
  try {
    // A guest has no use for an empty database, least of all in a folder that was named by mistake.
    if (!(await isThere(clusterFolder(dataDir)))) throw noData(dataDir);
    const cluster = await prepare(dataDir, options);
    const port = await runningAt(cluster);
    if (port === undefined) return await startEmbeddedPostgres(options);
    return { url: urlOf(cluster, port), stop: () => Promise.resolve() };
  } catch (error) {
    throw explainFileError(error, dataDir);
  }
}

/** The port of the PostgreSQL that runs on a cluster, once it accepts connections. */
async function runningAt(cluster: Cluster): Promise<number | undefined> {
  try {
    const { running } = await findPostmaster(cluster);
    return running && (await isReady(cluster, running.pid)) ? running.port : undefined;
  } catch (error) {
    // Something is in between: a start of our own waits until that is over.
    if (error instanceof NotYet) return undefined;
    throw error;
  }
}

function noData(dataDir: string): StartupError {
  return new StartupError(
    `There is no data in ${dataDir}: set MODELDB_DATA_DIR to the folder that the service uses, or set DATABASE_URL.`,
  );
}
