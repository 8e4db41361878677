import { isNativeError } from 'node:util/types';
import { CodedError, databaseUnavailable } from '#errors';
import pg from 'pg';
import { tooMuchContention } from './contention.js';
import { isRetryable } from './retry.js';
import type { Statement, Violations } from '../statement.js';

/** SQLSTATEs, or their classes, that mean: the database is not there for us now, but may be again soon. */
const UNAVAILABLE = /^(?:08(?!P01)|53|57P|25006|25P0[34])/;
/** A statement ran into `statement_timeout`, or an operator cancelled it. */
const CANCELLED = '57014';
/** The code of the error when a statement took too long. */
export const DATABASE_TIMEOUT = 'DATABASE_TIMEOUT';
/** Values that PostgreSQL cannot keep although they passed validation: out of range, too deep, too long. */
const UNSTORABLE = /^(?:22|54)/;
const NETWORK_CODES =
  /^(?:E(?:CONN|PIPE|TIMEDOUT|HOSTUNREACH|HOSTDOWN|NET(?:UNREACH|DOWN|RESET))|ERR_(?:STREAM|SOCKET))/;
/** What the driver says when a connection is lost, or stays silent for too long. */
const DRIVER_MESSAGES = /query read timeout|connection terminated|not queryable/i;

/** The one place where SQLSTATEs and constraint names become errors that a client may see. */
export function translateError(error: unknown, statement: Statement): unknown {
  if (error instanceof pg.DatabaseError) return fromDatabase(error, statement);
  if (isNativeError(error) && isConnectionLoss(error)) return databaseUnavailable(error);
  return error;
}

function fromDatabase(error: pg.DatabaseError, { name, violations }: Statement): Error {
  const sqlState = error.code ?? '';
  // Not the error itself: its detail repeats values of the request.
  const cause = new Error(`${name}: SQLSTATE ${sqlState}: ${error.message}`);
  if (sqlState === CANCELLED) return timedOut(cause);
  if (UNAVAILABLE.test(sqlState)) return databaseUnavailable(cause);
  if (UNSTORABLE.test(sqlState)) return unstorable(cause);
  if (isRetryable(error)) return tooMuchContention(cause);
  return violationOf(error.constraint, violations) ?? cause;
}

/** By prefix: a distributed PostgreSQL appends a shard number to the name. */
function violationOf(
  constraint: string | undefined,
  violations: Violations,
): CodedError | undefined {
  const name = Object.keys(violations).find(
    (known) => constraint === known || constraint?.startsWith(`${known}_`),
  );
  return name === undefined ? undefined : violations[name]?.();
}

function isConnectionLoss(error: NodeJS.ErrnoException): boolean {
  return NETWORK_CODES.test(error.code ?? '') || DRIVER_MESSAGES.test(error.message);
}

function timedOut(cause: Error): CodedError {
  return new CodedError({
    kind: 'unavailable',
    code: DATABASE_TIMEOUT,
    detail: 'The database took too long to answer. Try again, or ask for less.',
    retryAfter: 5,
    cause,
  });
}

function unstorable(cause: Error): CodedError {
  return new CodedError({
    kind: 'invalid',
    code: 'VALUE_NOT_STORABLE',
    detail: 'A value in the request cannot be stored.',
    cause,
  });
}
