import { CodedError } from '#errors';

/** How long whoever asks should wait: a second is how long an answer holds. */
const RETRY_AFTER = 1;

/** The service has been told to end: what is under way is finished, new requests should go elsewhere. */
export function shuttingDown(): CodedError {
  return new CodedError({
    kind: 'unavailable',
    code: 'SHUTTING_DOWN',
    detail: 'The service is being stopped: send new requests elsewhere.',
    retryAfter: RETRY_AFTER,
    isLogged: true,
  });
}

/** The database does not answer in time. */
export function databaseAway(): CodedError {
  return new CodedError({
    kind: 'unavailable',
    code: 'DATABASE_UNAVAILABLE',
    detail: 'The database cannot be reached. The service goes on by itself once it can.',
    retryAfter: RETRY_AFTER,
    isLogged: true,
  });
}

/** Somebody has put an older schema in the place of the one that the service has made at its start. */
export function schemaOutdated(): CodedError {
  return new CodedError({
    kind: 'unavailable',
    code: 'SCHEMA_OUTDATED',
    detail:
      'The database lacks migrations of this release. The service runs them when it is started.',
    retryAfter: RETRY_AFTER,
    isLogged: true,
  });
}
