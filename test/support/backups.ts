import { chmod, chown, cp, mkdtemp, readdir, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import type pg from 'pg';
import { until } from '../embedded/support/until.js';

/** Where PostgreSQL puts its log of changes, segment by segment. It may run as somebody else than the tests. */
export async function makeArchive(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'modeldb-archive-'));
  await chmod(folder, 0o777);
  return folder;
}

/** Copies a data folder with all that is in it, as `cp -a` does. @param wanted - which of its files */
export async function copyFolder(
  from: string,
  to: string,
  wanted: (path: string) => boolean = () => true,
): Promise<void> {
  await cp(from, to, { recursive: true, preserveTimestamps: true, filter: wanted });
  await takeOwners(from, to);
}

async function takeOwners(from: string, to: string): Promise<void> {
  await takeOwner(from, to);
  if (!(await stat(to)).isDirectory()) return;
  for (const name of await readdir(to)) await takeOwners(join(from, name), join(to, name));
}

/** PostgreSQL refuses a folder that is not its own user's. */
async function takeOwner(from: string, to: string): Promise<void> {
  const { uid, gid } = await stat(from);
  if (process.getuid?.() === 0) await chown(to, uid, gid);
}

/**
 * Copies a data folder while PostgreSQL runs on it and is written to, as `pg_basebackup` would, which npm does not bring.
 * @param sql - a connection to it
 */
export async function backUp(sql: pg.Client, from: string, to: string): Promise<void> {
  await sql.query(`SELECT pg_backup_start('backup', fast => true)`);
  // The log is what the archive is for. These are what is not to be copied, by PostgreSQL's manual.
  await copyFolder(
    from,
    to,
    (path) =>
      !/^postmaster\.(?:pid|opts)$/.test(basename(path)) && basename(dirname(path)) !== 'pg_wal',
  );
  const { rows } = await sql.query<{ labelfile: string }>('SELECT * FROM pg_backup_stop()');
  await writeFile(join(to, 'postgres', 'backup_label'), rows[0]?.labelfile ?? '');
}

/** Waits until all that was written so far lies in the archive. */
export async function untilArchived(sql: pg.Client): Promise<void> {
  const { rows } = await sql.query<{ segment: string }>(
    'SELECT pg_walfile_name(pg_switch_wal()) AS segment',
  );
  await until(async () => {
    const found = await sql.query<{ is_there: boolean }>(
      'SELECT last_archived_wal >= $1 AS is_there FROM pg_stat_archiver',
      [rows[0]?.segment],
    );
    return found.rows[0]?.is_there;
  }, 'the log to be archived');
}

/** Tells the PostgreSQL of a copied folder to take from the archive what has happened since; it is to be started then. */
export async function prepareRecovery(dataDir: string): Promise<void> {
  const cluster = join(dataDir, 'postgres');
  await writeFile(join(cluster, 'recovery.signal'), '');
  for (const name of ['recovery.signal', 'backup_label']) {
    await takeOwner(cluster, join(cluster, name));
  }
}
