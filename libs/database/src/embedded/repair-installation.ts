import { chmod, readFile, stat, symlink } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import type { Binaries } from './binaries.js';

/**
 * Does what the package's post-install step would have done (`npm ci --ignore-scripts` skips it): npm packages carry no
 * symbolic links, so it makes those that the libraries are found by, and some installers lose the right to execute.
 */
export async function repairInstallation(binaries: Binaries): Promise<void> {
  const { folder, postgres, initdb, pgCtl } = binaries;
  await Promise.allSettled([
    linkLibraries(folder),
    ...[postgres, initdb, pgCtl].map(makeExecutable),
  ]);
}

async function linkLibraries(folder: string): Promise<void> {
  const links = JSON.parse(await readFile(join(folder, 'pg-symlinks.json'), 'utf8')) as Link[];
  const root = dirname(folder);
  await Promise.allSettled(
    links.map(({ source, target }) =>
      symlink(relative(dirname(target), source), join(root, target)),
    ),
  );
}

/** Paths from the package's root: `target` shall point to `source`. */
interface Link {
  readonly source: string;
  readonly target: string;
}

async function makeExecutable(path: string): Promise<void> {
  const { mode } = await stat(path);
  if ((mode & 0o111) !== 0o111) await chmod(path, mode | 0o555);
}
