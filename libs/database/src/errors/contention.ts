import { CodedError } from '#errors';

/** Every attempt the service makes by itself met others at the same records. */
export function tooMuchContention(cause?: unknown): CodedError {
  return new CodedError({
    kind: 'unavailable',
    code: 'TOO_MUCH_CONTENTION',
    detail: 'Too many requests are changing the same records at once. Try again shortly.',
    retryAfter: 1,
    cause,
  });
}
