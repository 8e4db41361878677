import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** What a command has left behind. */
export interface CommandResult {
  /** The exit code, or the signal that ended it. */
  readonly exit: number | NodeJS.Signals;
  readonly stdout: string;
  readonly stderr: string;
}

/** A command of the built `modeldb` that runs. */
export interface RunningCommand {
  readonly ended: Promise<CommandResult>;
  /** Nobody reads what it writes to stdout any more. */
  stopReading(): void;
  signal(signal: NodeJS.Signals): void;
}

/** Starts `modeldb` as `npm run build` made it, with no other environment than this. */
export function startModeldb(
  args: readonly string[],
  environment: Record<string, string> = {},
): RunningCommand {
  const child = spawn(process.execPath, ['dist/apps/cli/src/main.js', ...args], {
    cwd: ROOT,
    env: { PATH: process.env['PATH'], ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const ended = once(child, 'close').then(([code, signal]) => ({
    exit: (code ?? signal) as number | NodeJS.Signals,
    stdout,
    stderr,
  }));
  return {
    ended,
    stopReading: () => child.stdout.destroy(),
    signal: (signal) => child.kill(signal),
  };
}

/** Runs `modeldb` to its end. */
export function modeldb(
  args: readonly string[],
  environment: Record<string, string> = {},
): Promise<CommandResult> {
  return startModeldb(args, environment).ended;
}
