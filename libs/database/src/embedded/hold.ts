import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { StartupError } from '#errors';
import { owner, type Cluster } from './cluster.js';
import { InUseError, NotYet, oneLine } from './failures.js';
import { Guardian } from './guardian.js';
import type { Postmaster } from './postmaster.js';
import { postmasterFile } from './postmaster-file.js';

/** A running PostgreSQL that is ours alone. */
export interface Hold {
  readonly postmaster: Postmaster;
  readonly guardian: Guardian;
}

/** When a holder is killed, PostgreSQL needs a moment to notice. */
const lockPatience = 2000;

/**
 * Makes a running PostgreSQL ours, and sees to it that it has the database.
 *
 * @throws InUseError when another Model DB holds it
 * @throws NotYet when it does not answer now
 */
export async function hold(cluster: Cluster, postmaster: Postmaster): Promise<Hold> {
  let guardian: Guardian | undefined;
  try {
    guardian = await Guardian.connect(postmaster.port, cluster.password);
    await lock(cluster, guardian);
    await guardian.ensureDatabase(owner);
    return { postmaster, guardian };
  } catch (error) {
    await guardian?.end();
    throw explain(error, cluster, postmaster);
  }
}

async function lock({ dataDir }: Cluster, guardian: Guardian): Promise<void> {
  const deadline = Date.now() + lockPatience;
  while (!(await guardian.tryLock())) {
    if (Date.now() > deadline) {
      const holder = (await guardian.holder()) ?? 'unknown';
      throw new InUseError(
        `${dataDir} is in use by another Model DB (process ${holder}): stop that one, or choose another data folder.`,
      );
    }
    await delay(50);
  }
}

function explain(
  error: unknown,
  { dataDir, directory }: Cluster,
  { pid, port }: Postmaster,
): unknown {
  if (error instanceof StartupError) return error;
  if (!(error instanceof pg.DatabaseError)) {
    return new NotYet(
      `PostgreSQL (process ${pid}) does not answer on port ${port}: end that process or, if it is none of PostgreSQL, remove ${postmasterFile(directory)}.`,
    );
  }
  if (error.code?.startsWith('28')) {
    return new StartupError(
      `PostgreSQL refuses the password in ${dataDir}: put the one back that the data was made with.`,
    );
  }
  const message = `PostgreSQL (process ${pid}) refuses to be used: ${oneLine(error.message)}`;
  // Class 57: it is starting, stopping or recovering. Class 53: it has no connection to spare.
  return /^5[37]/.test(error.code ?? '') ? new NotYet(message) : new StartupError(message);
}
