import { CodedError } from './coded-error.js';

/** The key was used for another request: the client has made it twice, or changed what it repeats. */
export function keyReused(): CodedError {
  return new CodedError({
    kind: 'invalid',
    code: 'IDEMPOTENCY_KEY_REUSED',
    detail:
      'The Idempotency-Key was used for another request. Repeat that one as it was, or send this one with a key of its own.',
  });
}

/** Another request with the same key is in the way, and its answer cannot be read yet. */
export function keyInUse(): CodedError {
  return new CodedError({
    kind: 'conflict',
    code: 'IDEMPOTENCY_KEY_IN_USE',
    detail:
      'Another request with this Idempotency-Key is being worked on. Repeat this one shortly.',
    retryAfter: 1,
  });
}

/**
 * The record is not in the state that the change was meant for.
 * @param tag - of the state that it is in
 */
export function recordChanged(tag: string): CodedError {
  return new CodedError({
    kind: 'precondition_failed',
    code: 'RECORD_CHANGED',
    detail:
      'The record has changed: it has none of the tags in If-Match. Read it again, and repeat the request with its new ETag.',
    tag,
  });
}
