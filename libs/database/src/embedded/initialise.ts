import { chown, mkdir, mkdtemp, open, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { StartupError } from '#errors';
import { run } from './child-process.js';
import { owner, ownFolder, type Cluster } from './cluster.js';
import { hasCluster } from './data-folder.js';
import { complaintIn } from './failures.js';
import { makePassword } from './password.js';
import { isAlive, processesIn } from './processes.js';

/** Folders that a cluster is made in begin with this, then comes the number of the process that makes it. */
const prefix = 'initdb-';

/**
 * Makes the cluster, or leaves none: it is made beside its place and moved there when complete. When a simultaneous start
 * is faster, its cluster stays.
 *
 * @throws StartupError when initdb fails
 */
export async function initialise(cluster: Omit<Cluster, 'password'>): Promise<void> {
  const { dataDir, directory, runAs, log } = cluster;
  log(`Making a PostgreSQL cluster in ${directory}.`);
  const workshop = await mkdtemp(join(dataDir, `${prefix}${process.pid}-`));
  try {
    const [draft, password] = [join(workshop, 'cluster'), join(workshop, 'password')];
    await mkdir(draft, { mode: 0o700 });
    await writeFile(password, await makePassword(dataDir, workshop), { mode: 0o600 });
    if (runAs) {
      for (const path of [workshop, draft, password]) await chown(path, runAs.uid, runAs.gid);
    }
    await runInitdb(cluster, draft);
    await moveInPlace(cluster, draft);
  } finally {
    await rm(workshop, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** Removes what interrupted starts have left of making a cluster. */
export async function removeLeftovers({ dataDir, runAs }: Cluster): Promise<void> {
  for (const name of await readdir(dataDir)) {
    if (!name.startsWith(prefix) || isAlive(Number.parseInt(name.slice(prefix.length), 10)))
      continue;
    const users = await processesIn(join(dataDir, name, 'cluster'), runAs);
    // Whatever cannot be removed now is in nobody's way, and tried again at the next start.
    if (!users?.length)
      await rm(join(dataDir, name), { recursive: true, force: true }).catch(() => undefined);
  }
}

async function runInitdb(
  { binaries, directory, runAs, settings }: Omit<Cluster, 'password'>,
  draft: string,
) {
  const args = [
    `--pgdata=${ownFolder(draft, runAs)}`,
    `--username=${owner}`,
    // Beside the folder of the cluster, which has to be empty.
    '--pwfile=../password',
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--locale=C',
    '--no-instructions',
    ...(settings['fsync'] === 'off' ? ['--no-sync'] : []),
  ];
  const { code, output } = await run(binaries.initdb, args, { cwd: draft, runAs });
  if (code === 0) return;
  throw new StartupError(
    `PostgreSQL could not make a cluster in ${directory}: ${complaintIn(output)}`,
  );
}

async function moveInPlace(
  { dataDir, directory, binaries }: Omit<Cluster, 'password'>,
  draft: string,
) {
  try {
    await rename(draft, directory);
  } catch (error) {
    if (await hasCluster(dataDir, binaries.major)) return;
    throw error;
  }
  await syncFolder(dataDir);
}

/** Makes the new name survive a power cut; Windows cannot open a folder for that. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  await handle.sync().finally(() => handle.close());
}
