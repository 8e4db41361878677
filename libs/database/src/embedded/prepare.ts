import { findBinaries } from './binaries.js';
import type { Cluster } from './cluster.js';
import { clusterFolder, hasCluster, openDataFolder } from './data-folder.js';
import type { EmbeddedPostgresOptions } from './embedded-postgres.js';
import { initialise } from './initialise.js';
import { readPassword } from './password.js';
import { chooseRunAs } from './run-as.js';
import { usableBinaries } from './usable-binaries.js';

/**
 * Makes sure that there is a data folder with a cluster, and programs for it.
 *
 * @throws StartupError, or the system's error
 */
export async function prepare(
  dataDir: string,
  { log, settings = {} }: EmbeddedPostgresOptions,
): Promise<Cluster> {
  await openDataFolder(dataDir);
  const directory = clusterFolder(dataDir);
  const runAs = await chooseRunAs(directory);
  const binaries = await usableBinaries(await findBinaries(), runAs);
  const cluster = { dataDir, directory, binaries, runAs, settings, log };
  if (!(await hasCluster(dataDir, binaries.major))) await initialise(cluster);
  return { ...cluster, password: await readPassword(dataDir) };
}
