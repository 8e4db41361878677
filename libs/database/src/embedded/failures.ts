import { stat } from 'node:fs/promises';
import { StartupError } from '#errors';

/** Another Model DB holds the cluster. */
export class InUseError extends StartupError {}

/** Nothing is wrong for good: another attempt in a moment may succeed. The message is for when patience runs out. */
export class NotYet extends Error {}

/** What an error of the system or of PostgreSQL is called (ENOENT, 28P01, …). */
export function codeOf(error: unknown): string | undefined {
  return textOf(error, 'code');
}

/** Puts a text on one line. */
export function oneLine(text: string): string {
  return text.trim().replace(/\s+/g, ' ');
}

/** The first thing that a program of PostgreSQL complains about, which is what the others follow from. */
export function complaintIn(output: string): string {
  // Not what it told clients that came too early.
  const complaint = /(?:error|ERROR|FATAL|PANIC): (?! *the database system is)(.*)/.exec(output);
  return oneLine(complaint?.[1] ?? output.slice(-200)) || 'it did not say why';
}

/** Waits for a file operation; undefined when the file does not exist. */
export async function ifExists<T>(operation: Promise<T>): Promise<T | undefined> {
  try {
    return await operation;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/** Whether there is a file or a folder of that name. */
export async function isThere(path: string): Promise<boolean> {
  return (await ifExists(stat(path))) !== undefined;
}

/** Says in plain words why the data folder cannot be used; other errors come back as they are. */
export function explainFileError(error: unknown, dataDir: string): unknown {
  if (error instanceof StartupError) return error;
  const path = textOf(error, 'path') ?? dataDir;
  const elsewhere = 'or choose another data folder';
  switch (codeOf(error)) {
    case 'EACCES':
    case 'EPERM':
      return new StartupError(
        `No permission to use ${path}: start Model DB as the user who owns ${dataDir}, ${elsewhere}.`,
      );
    case 'ENOENT':
      return new StartupError(
        `${path} cannot be made: see that the folder above it can be written, ${elsewhere}.`,
      );
    case 'EROFS':
      return new StartupError(
        `${path} is on a read-only file system: make it writable, ${elsewhere}.`,
      );
    case 'EEXIST':
    case 'ENOTDIR':
      return new StartupError(
        `The data folder ${dataDir} is a file, or lies below one: move that away, ${elsewhere}.`,
      );
    case 'ENOSPC':
    case 'EDQUOT':
      return new StartupError(`No space is left for ${path}: free some, ${elsewhere}.`);
    default:
      return error;
  }
}

function textOf(error: unknown, name: 'code' | 'path'): string | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  const value: unknown = Reflect.get(error, name);
  return typeof value === 'string' ? value : undefined;
}
