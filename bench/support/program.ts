import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Cleanup } from './cleanup.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const FROM_SOURCES = ['--conditions=source', '--import', '@swc-node/register/esm-register'];
const LISTENING = /"url":"(http:[^"]+)"/;

/** A server in a process of its own, which listens. */
export class Program {
  private constructor(
    private readonly child: ChildProcess,
    readonly url: string,
  ) {}

  /** Model DB as `npm run build` made it, with its usual settings. */
  static modelDb(databaseUrl: string, cleanup: Cleanup): Promise<Program> {
    return Program.start(['dist/apps/api/src/main.js'], databaseUrl, cleanup);
  }

  /** The hand-written program that Model DB is compared with. */
  static floor(databaseUrl: string, cleanup: Cleanup): Promise<Program> {
    return Program.start([...FROM_SOURCES, 'bench/floor/main.ts'], databaseUrl, cleanup);
  }

  private static async start(
    args: readonly string[],
    databaseUrl: string,
    cleanup: Cleanup,
  ): Promise<Program> {
    const child = spawn(process.execPath, args, {
      cwd: ROOT,
      env: { PATH: process.env['PATH'], PORT: '0', DATABASE_URL: databaseUrl },
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
  async residentMiB(): Promise<number> {
    const status = await readFile(`/proc/${String(this.child.pid)}/status`, 'utf8');
    return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) / 1024;
  }
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  await ended;
}
