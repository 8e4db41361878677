import { setTimeout as delay } from 'node:timers/promises';
import { StartupError } from '#errors';
import type { Cluster } from './cluster.js';
import { InUseError, NotYet } from './failures.js';
import { freePort } from './free-port.js';
import { hold, type Hold } from './hold.js';
import { launch } from './launch.js';
import { launchAlone } from './launch-lock.js';
import { findPostmaster, isReady, type Postmaster } from './postmaster.js';
import { stopPostmaster } from './stop-postmaster.js';

const pause = 50;

/** How PostgreSQL is to be had. */
export interface AcquireOptions {
  /** How often something that may pass is tried, 50 ms apart. */
  readonly attempts: number;
  /** Where to start PostgreSQL; without it, on any free port. */
  readonly port?: number;
  readonly signal?: AbortSignal;
}

/**
 * Takes over the PostgreSQL that runs on a cluster, or starts one.
 *
 * @throws InUseError when another Model DB uses the cluster
 * @throws StartupError when PostgreSQL cannot be had
 */
export async function acquire(cluster: Cluster, options: AcquireOptions): Promise<Hold> {
  const { attempts, signal } = options;
  for (let attempt = 1; ; attempt += 1) {
    signal?.throwIfAborted();
    try {
      return await takeOverOrStart(cluster, options);
    } catch (error) {
      if (!(error instanceof NotYet)) throw error;
      if (attempt >= attempts) throw new StartupError(error.message);
    }
    await delay(pause, undefined, { signal });
  }
}

async function takeOverOrStart(cluster: Cluster, options: AcquireOptions): Promise<Hold> {
  const { running, launched } = await launchAlone(cluster, () => findOrLaunch(cluster, options));
  if (running) return takeOver(cluster, running, options);
  try {
    const held = await hold(cluster, launched);
    const { pid, port } = launched;
    cluster.log(`Started PostgreSQL ${cluster.binaries.major} (process ${pid}) on port ${port}.`);
    return held;
  } catch (error) {
    // Another start may have taken it, or the next attempt will. Otherwise nobody would stop it.
    const isOver = !(error instanceof InUseError || error instanceof NotYet);
    if (isOver) await stopPostmaster(cluster, launched.pid);
    throw error;
  }
}

type FoundOrLaunched =
  | { readonly running: Postmaster; readonly launched?: undefined }
  | { readonly running?: undefined; readonly launched: Postmaster };

async function findOrLaunch(cluster: Cluster, options: AcquireOptions): Promise<FoundOrLaunched> {
  const { running, stalePid } = await findPostmaster(cluster);
  if (running) return { running };
  const port = options.port ?? (await freePort());
  return { launched: await launch(cluster, port, stalePid, options.signal) };
}

async function takeOver(
  cluster: Cluster,
  { pid, port }: Postmaster,
  { signal }: AcquireOptions,
): Promise<Hold> {
  const isUp = await isReady(cluster, pid, signal);
  if (!isUp) throw new NotYet(`PostgreSQL (process ${pid}) has just ended.`);
  const held = await hold(cluster, { pid, port });
  cluster.log(`Took over the running PostgreSQL (process ${pid}) on port ${port}.`);
  return held;
}
