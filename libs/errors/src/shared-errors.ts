import { CodedError } from './coded-error.js';

/** The tags would take more room than a record has for them. */
export function tagsTooLarge(): CodedError {
  return new CodedError({
    kind: 'too_large',
    code: 'TAGS_TOO_LARGE',
    detail: 'The tags of one record may take 64 KiB at most.',
  });
}

/** As many requests wait for a connection as may: there is more work than the database gets done. */
export function databaseBusy(): CodedError {
  return new CodedError({
    kind: 'unavailable',
    code: 'DATABASE_BUSY',
    detail:
      'Too many requests are waiting for the database already; nothing was done. Try again shortly, with longer and longer pauses.',
    retryAfter: 1,
    isLogged: true,
  });
}

/** The database is away, or no connection to it has become free in time. */
export function databaseUnavailable(cause?: unknown): CodedError {
  return new CodedError({
    kind: 'unavailable',
    code: 'DATABASE_UNAVAILABLE',
    detail: 'The database cannot be reached or has no connection free. Try again shortly.',
    retryAfter: 1,
    cause,
  });
}
