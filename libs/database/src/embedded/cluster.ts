import type { RunAs } from './child-process.js';
import type { UsableBinaries } from './usable-binaries.js';

/** What every part needs to know about the one PostgreSQL cluster of a data folder. */
export interface Cluster {
  /** The folder that holds everything. */
  readonly dataDir: string;
  /** PostgreSQL's own folder in it. */
  readonly directory: string;
  readonly binaries: UsableBinaries;
  /** Whom PostgreSQL runs as; undefined: the user who runs Model DB. */
  readonly runAs: RunAs | undefined;
  readonly password: string;
  /** Server settings on top of ours. */
  readonly settings: Readonly<Record<string, string>>;
  readonly log: (message: string) => void;
}

/** The name of PostgreSQL's superuser and of the database. */
export const owner = 'modeldb';

/**
 * How a program that was started in a folder names this folder.
 *
 * Another user may not be able to walk there by its path, e.g. below root's home, and need not: the working directory is
 * entered before the user is switched.
 */
export function ownFolder(directory: string, runAs: RunAs | undefined): string {
  return runAs ? '/proc/self/cwd' : directory;
}

/** The address of a cluster's database. With sslmode, because PGSSLMODE in the environment is meant for other servers. */
export function urlOf({ password }: Cluster, port: number): string {
  return `postgresql://${owner}:${encodeURIComponent(password)}@127.0.0.1:${port}/${owner}?sslmode=disable`;
}
