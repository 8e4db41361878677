import { CodedError } from './coded-error.js';

const WRONG = 'CREDENTIALS_REFUSED';

/** Nothing in the request says who sends it. */
export function notAuthenticated(): CodedError {
  return new CodedError({
    kind: 'unauthenticated',
    code: 'NOT_AUTHENTICATED',
    detail:
      'The request does not say who sends it. Send an API key, or an access token where the service takes them, as "Authorization: Bearer …", as X-API-Key, or as the password of Basic.',
  });
}

/** Wrong, expired or revoked: which of them is nobody's business who does not have the right ones. */
export function credentialsRefused(): CodedError {
  return new CodedError({
    kind: 'unauthenticated',
    code: WRONG,
    detail: 'The credentials are not valid: wrong, expired or revoked.',
  });
}

/** Nobody can tell whether a token is genuine: its issuer does not answer, and the key that it is signed with is not known. */
export function issuerUnavailable(cause?: unknown): CodedError {
  return new CodedError({
    kind: 'unavailable',
    code: 'ISSUER_UNAVAILABLE',
    detail:
      'The issuer of the access token cannot be asked for its keys, so nobody can tell whether the token is valid. Try again shortly.',
    retryAfter: 2,
    cause,
  });
}

/** Whether it was {@link credentialsRefused}: something was sent, and was wrong. */
export function isWrongCredentials(error: unknown): boolean {
  return error instanceof CodedError && error.code === WRONG;
}

/** The caller is known, and may not do this. */
export function notPermitted(): CodedError {
  return new CodedError({
    kind: 'forbidden',
    code: 'NOT_PERMITTED',
    detail:
      'The caller may not do this: its role does not include it. GET /auth/whoami tells which one it is.',
  });
}
