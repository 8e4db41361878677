import { resolve } from 'node:path';
import { acquire } from './acquire.js';
import type { EmbeddedPostgres, EmbeddedPostgresOptions } from './embedded-postgres.js';
import { explainFileError } from './failures.js';
import { removeLeftovers } from './initialise.js';
import { prepare } from './prepare.js';
import { Supervisor } from './supervisor.js';

/** With what may pass (another PostgreSQL on this data is ending, …) a start is patient for some ten seconds. */
const attempts = 200;

/**
 * Starts the PostgreSQL that npm has brought, on the data in a folder, and looks after it until it is stopped. One that a
 * killed Model DB has left running there is taken over.
 *
 * It outlives this process unless it is stopped: stop it when the service has drained.
 *
 * @throws StartupError when it cannot be started, in one line that says what to do
 */
export async function startEmbeddedPostgres(
  options: EmbeddedPostgresOptions,
): Promise<EmbeddedPostgres> {
  const dataDir = resolve(options.dataDir);
  try {
    const cluster = await prepare(dataDir, options);
    const held = await acquire(cluster, { attempts });
    await removeLeftovers(cluster);
    return new Supervisor(cluster, held);
  } catch (error) {
    throw explainFileError(error, dataDir);
  }
}
