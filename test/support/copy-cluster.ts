import { execFile } from 'node:child_process';
import { appendFile, chown, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type pg from 'pg';

const run = promisify(execFile);

/** What is a running cluster's own. Its log of changes is streamed from the primary. */
const OWN = ['postmaster.pid', 'postmaster.opts', 'pg_wal', 'pg_replslot'];

/**
 * Makes a standby of a cluster that runs, as PostgreSQL's manual has it for base backups by hand: the programs that npm brings
 * have no pg_basebackup.
 * @param client - on the primary, which keeps what the standby still needs
 * @param name - by which the primary knows the standby, e.g. in `synchronous_standby_names`
 */
export async function copyCluster(
  client: pg.Client,
  from: string,
  to: string,
  name: string,
): Promise<void> {
  await client.query('SELECT pg_create_physical_replication_slot($1, true)', [name]);
  await client.query('SELECT pg_backup_start($1, true)', [name]);
  await run('cp', ['-a', from, to]);
  const { rows } = await client.query<{ labelfile: string }>(
    'SELECT labelfile FROM pg_backup_stop(false)',
  );
  for (const path of OWN) await rm(join(to, path), { recursive: true, force: true });
  await run('mkdir', [join(to, 'pg_wal'), join(to, 'pg_replslot')]);
  await writeFile(join(to, 'backup_label'), rows[0]?.labelfile ?? '');
  await writeFile(join(to, 'standby.signal'), '');
  await appendFile(
    join(to, 'postgresql.auto.conf'),
    `primary_conninfo = '${conninfo(client, name)}'\nprimary_slot_name = '${name}'\n`,
  );
  const { uid, gid } = await stat(from);
  for (const path of ['pg_wal', 'pg_replslot', 'backup_label', 'standby.signal']) {
    await chown(join(to, path), uid, gid);
  }
}

function conninfo({ port, password }: pg.Client, name: string): string {
  const address = `host=127.0.0.1 port=${String(port)} user=modeldb password=${String(password)}`;
  return `${address} application_name=${name} sslmode=disable`;
}
