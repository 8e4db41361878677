import { StartupError } from '#errors';
import { ArchiveError } from './archive-error.js';

/** A disk that is full, a database that is away: told in a line. Anything else is a fault of ours, and stays what it is. */
export function outsideFailure(error: unknown, what: string): unknown {
  if (!(error instanceof Error) || error instanceof ArchiveError) return error;
  const isOutside = 'code' in error || error.message.startsWith('Connection terminated');
  return isOutside ? new StartupError(`${what}: ${error.message}`, { cause: error }) : error;
}
