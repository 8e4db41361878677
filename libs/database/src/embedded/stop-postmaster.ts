import { run } from './child-process.js';
import type { Cluster } from './cluster.js';
import { codeOf } from './failures.js';
import { readPostmasterFile } from './postmaster-file.js';
import { hasEnded, isAlive, processesIn } from './processes.js';

/** A fast shutdown writes everything to disk first, which may take its time. */
const patience = 30_000;

/**
 * Stops PostgreSQL and waits until it has ended: first in order, then, when that takes too long, at once, which costs no
 * data but a repair at the next start. It is never killed.
 */
export async function stopPostmaster(
  cluster: Cluster,
  pid: number,
  timeout = patience,
): Promise<void> {
  // The number may belong to another process by now.
  if (!(await isPostmaster(cluster, pid))) return;
  if (await endsWithin(cluster, pid, 'fast', timeout)) return;
  cluster.log(
    `PostgreSQL (process ${pid}) did not stop within ${timeout / 1000} s: stopping it at once.`,
  );
  if (await endsWithin(cluster, pid, 'immediate', patience)) return;
  cluster.log(`PostgreSQL (process ${pid}) still runs: the next start uses it.`);
}

async function isPostmaster({ directory, runAs }: Cluster, pid: number): Promise<boolean> {
  const users = await processesIn(directory, runAs);
  return users
    ? users.includes(pid)
    : isAlive(pid) && (await readPostmasterFile(directory))?.pid === pid;
}

async function endsWithin(
  { binaries, directory, runAs }: Cluster,
  pid: number,
  mode: 'fast' | 'immediate',
  timeout: number,
): Promise<boolean> {
  if (process.platform === 'win32') {
    // There are no signals there; pg_ctl asks in PostgreSQL's own way.
    await run(binaries.pgCtl, ['stop', '-D', directory, '-m', mode, '--no-wait'], {
      cwd: directory,
      runAs,
    });
  } else {
    kill(pid, mode === 'fast' ? 'SIGINT' : 'SIGQUIT');
  }
  return hasEnded(pid, timeout);
}

function kill(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if (codeOf(error) !== 'ESRCH') throw error;
  }
}
