import { randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll } from '@jest/globals';
import { onCleanUp } from './clean-up.js';
import { until } from './until.js';

const prefix = join(tmpdir(), 'modeldb-embedded-');
const removeFolder = (folder: string) => rm(folder, { recursive: true, force: true });

/** A folder that lasts as long as the test, as does every PostgreSQL in it. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(prefix);
  onCleanUp(async () => {
    await endProcesses(folder);
    await removeFolder(folder);
  });
  return folder;
}

/** A folder that lasts as long as the file's tests, every PostgreSQL in it as long as its test. */
export function sharedFolder(): string {
  const folder = prefix + randomUUID();
  beforeAll(() => {
    mkdirSync(folder, { mode: 0o700 });
  });
  afterEach(() => endProcesses(folder));
  afterAll(() => removeFolder(folder));
  return folder;
}

/** PostgreSQL's folder in a data folder. */
export function clusterOf(dataDir: string): string {
  return join(dataDir, 'postgres');
}

/** The number of the postmaster that a data folder names. */
export function postmasterPid(dataDir: string): number {
  return Number.parseInt(readFileSync(join(clusterOf(dataDir), 'postmaster.pid'), 'utf8'), 10);
}

/** PostgreSQL's processes that work in a folder. */
export function processesIn(folder: string): number[] {
  const { dev, ino } = statSync(folder);
  const works = (pid: string) => {
    try {
      const cwd = statSync(`/proc/${pid}/cwd`);
      const name = readFileSync(`/proc/${pid}/comm`, 'utf8').trim();
      return cwd.dev === dev && cwd.ino === ino && ['postgres', 'initdb'].includes(name);
    } catch {
      return false;
    }
  };
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return pids.filter(works).map(Number);
}

/** Only what works in this very folder is ended: the number in a stale file may be anybody's. */
async function endProcesses(folder: string): Promise<void> {
  const clusters = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('PG_VERSION') && !path.includes('/base/'))
    .map((path) => join(folder, path, '..'));
  await until(() => {
    const left = clusters.flatMap(processesIn);
    for (const pid of left) end(pid);
    return left.length === 0;
  }, `the processes in ${folder} to end`);
}

/** At once, but with the chance to give its shared memory back, which outlives processes. */
function end(pid: number): void {
  try {
    process.kill(pid, 'SIGCONT');
    process.kill(pid, 'SIGQUIT');
  } catch {
    // It has ended by itself meanwhile.
  }
}
