import { chmod, cp, lstat, mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Binaries } from './binaries.js';
import { ifExists } from './failures.js';

/**
 * Copies PostgreSQL's programs (about 60 MB) to where every user may execute them; a copy of the same build is used again.
 *
 * @param folder where the copy shall lie
 * @param works whether a copy can be used
 * @returns the copy's folder, undefined when none can be used there
 */
export async function copyWithinReach(
  binaries: Binaries,
  folder: string,
  works: (copy: string) => Promise<boolean>,
): Promise<string | undefined> {
  try {
    // The umask may have closed the new folder.
    if (await mkdir(folder, { recursive: true })) await chmod(folder, 0o755);
    const shared = join(folder, `postgres-${binaries.packageVersion}`);
    if (await isTrusted(shared)) {
      if (await works(shared)) return shared;
      await rm(shared, { recursive: true });
    }
    return await makeCopy(binaries.folder, shared, works);
  } catch {
    return undefined;
  }
}

/** What others could have put or changed there is not executed: a name in a folder like /tmp is open to all. */
async function isTrusted(folder: string): Promise<boolean> {
  const found = await ifExists(lstat(folder));
  return (
    found !== undefined && found.isDirectory() && found.uid === 0 && (found.mode & 0o022) === 0
  );
}

async function makeCopy(
  source: string,
  target: string,
  works: (copy: string) => Promise<boolean>,
): Promise<string> {
  const copy = await mkdtemp(`${target}-`);
  try {
    await cp(source, copy, { recursive: true, verbatimSymlinks: true });
    await openForAll(copy);
    if (!(await works(copy))) throw new Error(`Programs in ${dirname(copy)} cannot be executed`);
  } catch (error) {
    await rm(copy, { recursive: true, force: true });
    throw error;
  }
  return rename(copy, target).then(
    () => target,
    // The name is taken: by a simultaneous start, or by somebody in a folder that is open to all.
    () => copy,
  );
}

/** An installation under a strict umask is closed to others in every single file. */
async function openForAll(folder: string): Promise<void> {
  await chmod(folder, 0o755);
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) await openForAll(path);
    else if (entry.isFile()) await chmod(path, (await lstat(path)).mode & 0o100 ? 0o755 : 0o644);
  }
}
