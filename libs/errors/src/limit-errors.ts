import { CodedError } from './coded-error.js';

/** The process takes so long to get to a request that taking more of them would help nobody. */
export function overloaded(): CodedError {
  return new CodedError({
    kind: 'unavailable',
    code: 'OVERLOADED',
    detail:
      'The service has more to do than it gets done; nothing was done. Try again shortly, with longer and longer pauses.',
    retryAfter: 1,
    isLogged: true,
  });
}

/**
 * The caller has sent as many requests as it may in a minute.
 * @param seconds - until the next minute begins
 */
export function callerLimited(seconds: number): CodedError {
  return new CodedError({
    kind: 'too_many',
    code: 'RATE_LIMITED',
    detail:
      'The caller has sent as many requests as it may in a minute (RATE_LIMIT_PER_MINUTE). Nothing was done.',
    retryAfter: seconds,
  });
}

/**
 * So many wrong credentials have come from an address that more of them are not looked at.
 * @param seconds - until they are again
 */
export function addressLimited(seconds: number): CodedError {
  return new CodedError({
    kind: 'too_many',
    code: 'RATE_LIMITED',
    detail:
      'Too many wrong credentials have come from this address (RATE_LIMIT_FAILED_AUTH_PER_MINUTE). Others are not looked at for a while.',
    retryAfter: seconds,
  });
}
