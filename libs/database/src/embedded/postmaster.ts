import { setTimeout as delay } from 'node:timers/promises';
import { StartupError } from '#errors';
import type { Cluster } from './cluster.js';
import { NotYet } from './failures.js';
import {
  readPostmasterFile,
  removeEmptyPostmasterFile,
  type PostmasterFile,
} from './postmaster-file.js';
import { isAlive, processesIn } from './processes.js';

/** A cluster's first process. */
export interface Postmaster {
  readonly pid: number;
  readonly port: number;
}

/** Who runs in a cluster's folder. When nobody does, `stalePid` is whom PostgreSQL might take for its postmaster. */
export interface Found {
  readonly running?: Postmaster;
  readonly stalePid?: number;
}

/** A PostgreSQL that takes longer than this to start is mentioned, and again after as long. */
const mentionAfter = 10_000;
/** A PostgreSQL that takes longer than this to stop is not waited for. */
const longestStop = 60_000;

/**
 * Finds out whether PostgreSQL runs in a cluster's folder.
 *
 * @throws NotYet while that is changing, or processes of one that died still use the folder
 */
export async function findPostmaster({ directory, runAs }: Cluster): Promise<Found> {
  // In this order: who wrote what is read here is still there to be found, or has ended.
  const file = await readPostmasterFile(directory);
  const users = await processesIn(directory, runAs);
  if (users === undefined) return file && isAlive(file.pid) ? { running: file } : {};
  if (file && users.includes(file.pid)) return { running: started(file) };
  if (users.length > 0) {
    throw new NotYet(
      `Processes of an earlier PostgreSQL (${users.join(', ')}) still use ${directory}: end them and start again.`,
    );
  }
  if (file && Number.isNaN(file.pid)) await removeEmptyPostmasterFile(directory);
  return file && !Number.isNaN(file.pid) ? { stalePid: file.pid } : {};
}

/**
 * Waits until a postmaster accepts connections. That may be long: after a crash it first repairs its data.
 *
 * @returns false when it has ended instead
 * @throws StartupError when it stops but does not end
 */
export async function isReady(
  cluster: Cluster,
  pid: number,
  signal?: AbortSignal,
): Promise<boolean> {
  const since = Date.now();
  for (let mentions = 1; ;) {
    const file = await readPostmasterFile(cluster.directory);
    if (file?.pid === pid && file.status === 'ready') return true;
    if (!isAlive(pid)) return false;
    const waited = Date.now() - since;
    const stopping = file?.status === 'stopping';
    if (stopping && waited > longestStop) {
      throw new StartupError(
        `PostgreSQL (process ${pid}) is stopping but does not end: end what is connected to it and start again.`,
      );
    }
    if (waited > mentions * mentionAfter) {
      mentions += 1;
      cluster.log(`PostgreSQL (process ${pid}) is still ${stopping ? 'stopping' : 'starting'}.`);
    }
    await delay(20, undefined, { signal });
  }
}

/** A server program run by hand in single-user mode has no port. */
function started(file: PostmasterFile): Postmaster {
  if (!Number.isNaN(file.port)) return file;
  throw new NotYet(`Process ${file.pid} uses the cluster alone: end it and start again.`);
}
