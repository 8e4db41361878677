import { CodedError } from './coded-error.js';

/** The tags would take more room than a record has for them. */
export function tagsTooLarge(): CodedError {
  return new CodedError({
    kind: 'too_large',
    code: 'TAGS_TOO_LARGE',
    detail: 'The tags of one record may take 64 KiB at most.',
  });
}

/** The database is away, or all connections to it are busy. */
export function databaseUnavailable(cause?: unknown): CodedError {
  return new CodedError({
    kind: 'unavailable',
    code: 'DATABASE_UNAVAILABLE',
    detail: 'The database cannot be reached or has no connection free. Try again shortly.',
    retryAfter: 1,
    cause,
  });
}
