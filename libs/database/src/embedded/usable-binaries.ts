import { tmpdir } from 'node:os';
import { StartupError } from '#errors';
import { inFolder, noBinaries, type Binaries } from './binaries.js';
import { run, type RunAs } from './child-process.js';
import { copyWithinReach } from './copy-within-reach.js';
import { codeOf } from './failures.js';
import { repairInstallation } from './repair-installation.js';

/** Programs that were seen to run. */
export interface UsableBinaries extends Binaries {
  /** PostgreSQL's major version, which is also that of the data it reads. */
  readonly major: number;
}

/** Where programs are copied to that PostgreSQL's user cannot reach in node_modules. */
const copyFolders = ['/var/cache/modeldb', tmpdir()];

/**
 * Makes sure that a user can execute the programs; repairs or copies them if need be.
 *
 * @throws StartupError when they do not run on this machine
 */
export async function usableBinaries(
  binaries: Binaries,
  runAs: RunAs | undefined,
): Promise<UsableBinaries> {
  let major = await majorVersion(binaries, runAs);
  if (major === undefined) {
    await repairInstallation(binaries);
    major = await majorVersion(binaries, runAs);
  }
  if (major !== undefined) return { ...binaries, major };
  const reachable = runAs && (await copyFor(binaries, runAs));
  if (!reachable) throw noBinaries();
  return reachable;
}

async function copyFor(binaries: Binaries, runAs: RunAs): Promise<UsableBinaries | undefined> {
  // When root cannot execute them either, it is not a question of where they are.
  const major = await majorVersion(binaries, undefined);
  if (major === undefined) return undefined;
  for (const folder of copyFolders) {
    const copy = await copyWithinReach(
      binaries,
      folder,
      async (place) => (await majorVersion(inFolder(binaries, place), runAs)) === major,
    );
    if (copy !== undefined) return { ...inFolder(binaries, copy), major };
  }
  return undefined;
}

/** undefined when the program cannot be executed, for whatever reason. */
async function majorVersion(
  { postgres }: Binaries,
  runAs: RunAs | undefined,
): Promise<number | undefined> {
  try {
    const { output } = await run(postgres, ['--version'], { cwd: '/', runAs });
    const major = /\(PostgreSQL\) (\d+)/.exec(output)?.[1];
    return major === undefined ? undefined : Number(major);
  } catch (error) {
    if (runAs && ['EPERM', 'EINVAL'].includes(codeOf(error) ?? '')) {
      throw new StartupError(
        `PostgreSQL refuses to run as root, and root may not become user ${runAs.uid} here: start Model DB as an ordinary user, or set DATABASE_URL to a PostgreSQL 14 or newer.`,
      );
    }
    return undefined;
  }
}
