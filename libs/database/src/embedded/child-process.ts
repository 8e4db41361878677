import { spawn } from 'node:child_process';

/** The system user a program runs as. */
export interface RunAs {
  readonly uid: number;
  readonly gid: number;
}

/** Where and as whom a program runs. */
export interface RunOptions {
  readonly cwd: string;
  /** undefined: as the user who runs Model DB. */
  readonly runAs: RunAs | undefined;
}

/** How a program ended. */
export interface RunResult {
  readonly pid: number | undefined;
  /** null when a signal ended it. */
  readonly code: number | null;
  /** stdout and stderr as they came. */
  readonly output: string;
}

/**
 * Where programs and libraries are found. The rest of the environment, secrets and PG* variables among it, is none of
 * PostgreSQL's business.
 */
const passedOn = ['PATH', 'LD_LIBRARY_PATH', 'DYLD_LIBRARY_PATH', 'NIX_LD', 'NIX_LD_LIBRARY_PATH'];

/** The environment of PostgreSQL's programs: messages in English, because we read them, and times in UTC. */
export function childEnvironment(): NodeJS.ProcessEnv {
  // eslint-disable-next-line no-restricted-properties -- handed on, not read for a setting
  const ours = process.env;
  const handedOn = passedOn.flatMap((name) =>
    ours[name] === undefined ? [] : [[name, ours[name]]],
  );
  return { ...Object.fromEntries(handedOn), LC_ALL: 'C', TZ: 'UTC' } as NodeJS.ProcessEnv;
}

/**
 * Runs a program to its end.
 *
 * @throws the system's error (`code` EACCES, ENOENT, …) when it cannot be executed
 */
export function run(
  command: string,
  args: readonly string[],
  options: RunOptions,
): Promise<RunResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: options.cwd,
      ...options.runAs,
      env: childEnvironment(),
      stdio: ['ignore', 'pipe', 'pipe'],
      windowsHide: true,
    });
    let output = '';
    const collect = (chunk: Buffer) => (output += chunk.toString());
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    child.once('error', reject);
    child.once('close', (code) => resolve({ pid: child.pid, code, output }));
  });
}
