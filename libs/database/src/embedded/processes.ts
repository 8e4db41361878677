import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { run, type RunAs } from './child-process.js';
import { codeOf } from './failures.js';

/** Whether a process lives. One that has ended and only waits to be collected by its parent does not. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return codeOf(error) === 'EPERM';
  }
  return process.platform !== 'linux' || !isZombie(pid);
}

/** Waits until a process has ended; false when it still lives after so many milliseconds. */
export async function hasEnded(pid: number, timeout: number): Promise<boolean> {
  const deadline = Date.now() + timeout;
  while (isAlive(pid)) {
    if (Date.now() > deadline) return false;
    await delay(20);
  }
  return true;
}

/**
 * The PostgreSQL processes that work in a folder: all of a cluster's have it as their working directory, and keep it when
 * their postmaster dies.
 *
 * A shell looks for them as PostgreSQL's user: root may not look into another user's processes everywhere (in a container
 * without CAP_SYS_PTRACE, for one), while a user may look into his own.
 *
 * @returns undefined where it cannot be known: elsewhere than on Linux
 */
export async function processesIn(
  directory: string,
  runAs: RunAs | undefined,
): Promise<number[] | undefined> {
  if (process.platform !== 'linux') return undefined;
  const script =
    'for p in /proc/[0-9]*; do [ "$p/cwd" -ef . ] && echo "${p#/proc/}"; done; echo end';
  try {
    const { output } = await run('/bin/sh', ['-c', script], { cwd: directory, runAs });
    const lines = output.trim().split('\n');
    if (lines.pop() !== 'end') return undefined;
    const found = await Promise.all(
      lines.map(Number).map(async (pid) => ((await isPostgres(pid)) ? [pid] : [])),
    );
    return found.flat();
  } catch {
    return undefined;
  }
}

/** Someone's shell in that folder does not count. */
async function isPostgres(pid: number): Promise<boolean> {
  const name = await readFile(`/proc/${pid}/comm`, 'utf8').catch(() => '');
  return ['postgres', 'initdb'].includes(name.trim());
}

function isZombie(pid: number): boolean {
  try {
    // The state follows the program's name, which is in parentheses and may hold any character.
    return /\) [ZX] [^)]*$/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return true;
  }
}
