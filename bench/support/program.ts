import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Cleanup } from './cleanup.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
/** What node needs to run what is not built. */
export const FROM_SOURCES = ['--conditions=source', '--import', '@swc-node/register/esm-register'];
const MODEL_DB = 'dist/apps/api/src/main.js';
/** Of the kernel's accounts, on every Linux. */
const TICKS_PER_SECOND = 100;
const LISTENING = /"url":"(http:[^"]+)"/;

/** A server in a process of its own, which listens. */
export class Program {
  private constructor(
    private readonly child: ChildProcess,
    readonly url: string,
  ) {}

  /** Model DB as `npm run build` made it, with its usual settings but for those that are given. */
  static modelDb(
    databaseUrl: string,
    cleanup: Cleanup,
    environment: Readonly<Record<string, string>> = {},
  ): Promise<Program> {
    return Program.start([MODEL_DB], { DATABASE_URL: databaseUrl, ...environment }, cleanup);
  }

  /** The same as `npm start` runs it: with a PostgreSQL of its own, which it starts and stops. */
  static modelDbAlone(dataDir: string, cleanup: Cleanup): Promise<Program> {
    return Program.start([MODEL_DB], { MODELDB_DATA_DIR: dataDir }, cleanup);
  }

  /** The hand-written program that Model DB is compared with. */
  static floor(databaseUrl: string, cleanup: Cleanup): Promise<Program> {
    const args = [...FROM_SOURCES, 'bench/floor/main.ts'];
    return Program.start(args, { DATABASE_URL: databaseUrl }, cleanup);
  }

  private static async start(
    args: readonly string[],
    environment: Readonly<Record<string, string>>,
    cleanup: Cleanup,
  ): Promise<Program> {
    const child = spawn(process.execPath, args, {
      cwd: ROOT,
      env: { PATH: process.env['PATH'], PORT: '0', ...environment },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    cleanup.add(() => stop(child));
    let output = '';
    let url: string | undefined;
    for await (const chunk of child.stdout.iterator({ destroyOnReturn: false })) {
      output += String(chunk);
      url = LISTENING.exec(output)?.[1];
      if (url !== undefined) break;
    }
    if (url === undefined) throw new Error(`${args.join(' ')} did not start:\n${output}`);
    child.stdout.resume();
    return new Program(child, url);
  }

  /** Resident memory now, in MiB; Linux only. */
  residentMiB(): Promise<number> {
    return this.memoryMiB(/VmRSS:\s+(\d+) kB/);
  }

  /** The most that resident memory has ever been, in MiB; Linux only. */
  peakMiB(): Promise<number> {
    return this.memoryMiB(/VmHWM:\s+(\d+) kB/);
  }

  /** How much CPU time it has taken so far, in seconds; Linux only. */
  async cpuSeconds(): Promise<number> {
    const stat = await readFile(`/proc/${String(this.child.pid)}/stat`, 'utf8');
    // After the name, which may hold anything: user and system time are the 12th and 13th.
    const [user, system] = stat
      .slice(stat.lastIndexOf(')') + 2)
      .split(' ')
      .slice(11, 13);
    return (Number(user) + Number(system)) / TICKS_PER_SECOND;
  }

  private async memoryMiB(line: RegExp): Promise<number> {
    const status = await readFile(`/proc/${String(this.child.pid)}/status`, 'utf8');
    return Number(line.exec(status)?.[1]) / 1024;
  }
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  await ended;
}
