import { CodedError } from '#errors';
import { ROW_REFUSED } from './import.sql.js';

/**
 * What the database says against a row.
 * @throws the error itself when it is not about a row
 */
export function refusalOf(error: unknown): string {
  if (error instanceof CodedError) {
    if (error.code === ROW_REFUSED) return error.message;
    if (error.code === 'VALUE_NOT_STORABLE') return reasonOf(error.cause);
  }
  throw error;
}

/** In the words of PostgreSQL, which repeat nothing of the row. */
function reasonOf(cause: unknown): string {
  const { message } = cause as Error;
  return `PostgreSQL cannot keep it: ${message.replace(/^.*?SQLSTATE \w+: /, '')}`;
}
