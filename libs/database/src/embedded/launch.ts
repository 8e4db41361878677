import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { StartupError } from '#errors';
import { childEnvironment } from './child-process.js';
import { ownFolder, type Cluster } from './cluster.js';
import { logFile, openLog, rotateLog } from './data-folder.js';
import { complaintIn, NotYet } from './failures.js';
import { isReady, type Postmaster } from './postmaster.js';
import { stopPostmaster } from './stop-postmaster.js';

const defaults = {
  log_checkpoints: 'off',
  // One line an error, without the SQL and its values: whoever sent it is told more.
  log_error_verbosity: 'terse',
  log_min_error_statement: 'panic',
};

/** What settings cannot change: the only way in is from this machine, over TCP. */
const fixed = { listen_addresses: '127.0.0.1', unix_socket_directories: '' };

/** What PostgreSQL refuses a start with that may well succeed in a moment, or on another port. */
const passing =
  /lock file "postmaster\.pid"|pre-existing shared memory block|could not create any TCP\/IP sockets/;

/**
 * Starts PostgreSQL and waits until it accepts connections.
 *
 * @param stalePid a process that `postmaster.pid` names though it certainly is no postmaster
 * @param signal stops PostgreSQL again while it is starting
 * @throws NotYet when another attempt may succeed
 * @throws StartupError when PostgreSQL refuses
 */
export async function launch(
  cluster: Cluster,
  port: number,
  stalePid?: number,
  signal?: AbortSignal,
): Promise<Postmaster> {
  await rotateLog(cluster.dataDir);
  const log = await openLog(cluster.dataDir);
  try {
    const { size } = await log.stat();
    const pid = await spawnPostgres(cluster, port, log.fd, stalePid);
    const ready = await isReady(cluster, pid, signal).catch(async (error: unknown) => {
      await stopPostmaster(cluster, pid);
      throw error;
    });
    if (ready) return { pid, port };
    throw await refusal(cluster, size);
  } finally {
    await log.close();
  }
}

async function spawnPostgres(
  { binaries, directory, runAs, settings }: Cluster,
  port: number,
  log: number,
  stalePid: number | undefined,
): Promise<number> {
  const set = Object.entries({ ...defaults, ...settings, ...fixed, port }).flatMap(
    ([name, value]) => ['-c', `${name}=${value}`],
  );
  const child = spawn(binaries.postgres, ['-D', ownFolder(directory, runAs), ...set], {
    cwd: directory,
    ...runAs,
    // PostgreSQL disregards its grandparent in postmaster.pid, for pg_ctl's sake. Unlike removing the file, this does no
    // harm when another start is faster: the file now names that one's postmaster.
    env: {
      ...childEnvironment(),
      ...(stalePid !== undefined && { PG_GRANDPARENT_PID: String(stalePid) }),
    },
    // A process group of its own: Ctrl-C is for the service, which stops PostgreSQL when it has drained.
    detached: true,
    stdio: ['ignore', log, log],
    windowsHide: true,
  });
  await once(child, 'spawn');
  child.unref();
  return child.pid as number;
}

/** Why PostgreSQL ended instead of getting ready, from what it has logged since. */
async function refusal({ dataDir, directory }: Cluster, logged: number): Promise<Error> {
  const log = await readFile(logFile(dataDir));
  const reason = complaintIn(log.subarray(logged).toString());
  const message = `PostgreSQL could not start on ${directory}: ${reason} (see ${logFile(dataDir)}).`;
  return passing.test(reason) ? new NotYet(message) : new StartupError(message);
}
