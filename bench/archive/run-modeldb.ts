import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';

const MODELDB = 'dist/apps/cli/src/main.js';
const LOOK_MS = 100;

/** What a command has cost. */
export interface Cost {
  readonly seconds: number;
  /** The most that resident memory has been, in MiB; Linux only. */
  readonly peakMiB: number;
}

/** Runs the command as its user would, on what `npm run build` has made. @throws when it does not end with 0 */
export async function runModeldb(args: readonly string[], databaseUrl: string): Promise<Cost> {
  const start = performance.now();
  const child = spawn(process.execPath, [MODELDB, ...args], {
    env: { PATH: process.env['PATH'], DATABASE_URL: databaseUrl },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const ended = once(child, 'exit') as Promise<[number | null]>;
  let peakMiB = 0;
  while (child.exitCode === null && child.signalCode === null) {
    peakMiB = Math.max(peakMiB, await peakOf(child.pid));
    await Promise.race([ended, pause(LOOK_MS)]);
  }
  const [exit] = await ended;
  if (exit !== 0) throw new Error(`modeldb ${args.join(' ')} ended with ${exit ?? 'a signal'}.`);
  return { seconds: (performance.now() - start) / 1000, peakMiB };
}

/** The kernel knows the peak, and forgets it with the process. */
async function peakOf(pid: number | undefined): Promise<number> {
  const status = await readFile(`/proc/${String(pid)}/status`, 'utf8').catch(() => '');
  return Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1] ?? 0) / 1024;
}
