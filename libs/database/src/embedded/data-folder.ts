import { mkdir, open, readdir, readFile, rename, stat, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { StartupError } from '#errors';
import { ifExists } from './failures.js';

const largeLog = 10 * 1024 * 1024;

/** PostgreSQL's own folder in a data folder. */
export function clusterFolder(dataDir: string): string {
  return join(dataDir, 'postgres');
}

/** The file that PostgreSQL writes its log to. */
export function logFile(dataDir: string): string {
  return join(dataDir, 'postgres.log');
}

/**
 * Makes the data folder when it is not there, and checks that it can be written.
 *
 * @throws the system's error when it cannot
 */
export async function openDataFolder(dataDir: string): Promise<void> {
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  await (await openLog(dataDir)).close();
}

/** Opens the log to append to it. */
export async function openLog(dataDir: string): Promise<FileHandle> {
  const log = await open(logFile(dataDir), 'a', 0o600);
  // Root may start it today, the folder's owner tomorrow.
  const { uid, gid } = await stat(dataDir);
  if (process.getuid?.() === 0) await log.chown(uid, gid);
  return log;
}

/** Puts a log aside that has grown large; only when PostgreSQL does not run. */
export async function rotateLog(dataDir: string): Promise<void> {
  const log = logFile(dataDir);
  const { size } = await stat(log);
  if (size > largeLog) await rename(log, `${log}.old`);
}

/**
 * Whether there is a cluster, of the version that the programs read.
 *
 * @throws StartupError when there is something else
 */
export async function hasCluster(dataDir: string, major: number): Promise<boolean> {
  const directory = clusterFolder(dataDir);
  const version = (await ifExists(readFile(join(directory, 'PG_VERSION'), 'utf8')))?.trim();
  if (version === String(major)) return true;
  if (version !== undefined) {
    throw new StartupError(
      `The data in ${directory} is of PostgreSQL ${version}, but Model DB brings PostgreSQL ${major}: run a PostgreSQL ${version} server on it and set DATABASE_URL, or dump it there and restore it here, or move the folder away to begin anew.`,
    );
  }
  const files = (await ifExists(readdir(directory))) ?? [];
  if (files.length === 0) return false;
  throw new StartupError(
    `${directory} holds files but no PostgreSQL cluster: move it away, or choose another data folder.`,
  );
}
