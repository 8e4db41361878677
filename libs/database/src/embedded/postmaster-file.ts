import { readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { ifExists } from './failures.js';

/** What `postmaster.pid` says; the numbers are NaN as long as it does not say them. */
export interface PostmasterFile {
  readonly pid: number;
  readonly port: number;
  /** `starting`, `ready`, `stopping` or nothing yet. */
  readonly status: string;
}

/** The file by which a postmaster claims its cluster's folder. */
export function postmasterFile(directory: string): string {
  return join(directory, 'postmaster.pid');
}

/** Reads the file; undefined when there is none. PostgreSQL documents its lines in `src/include/utils/pidfile.h`. */
export async function readPostmasterFile(directory: string): Promise<PostmasterFile | undefined> {
  const text = await ifExists(readFile(postmasterFile(directory), 'utf8'));
  if (text === undefined) return undefined;
  const [pid, , , port, , , , status] = text.split('\n');
  return {
    pid: Number.parseInt(pid ?? '', 10),
    port: Number.parseInt(port ?? '', 10),
    status: status?.trim() ?? '',
  };
}

/** Removes a file that a crash has left empty: PostgreSQL would never start again. */
export async function removeEmptyPostmasterFile(directory: string): Promise<void> {
  const file = postmasterFile(directory);
  const found = await ifExists(stat(file));
  if (found?.size === 0) await rm(file);
}
