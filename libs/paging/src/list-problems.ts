import { searchTooSlow } from '#database';
import type { CodedError } from '#errors';
import { invalidCursor, parseFilter } from '#query';

/** What can be wrong with a condition, by example. */
export function invalidFilter(): CodedError {
  try {
    parseFilter('tags.team =', { tags: { type: 'document', sql: '' } });
  } catch (error) {
    return error as CodedError;
  }
  throw new Error('The example of a wrong condition is right.');
}

/** The errors of every list, for its documentation. */
export const LIST_PROBLEMS: readonly (() => CodedError)[] = [
  invalidCursor,
  invalidFilter,
  searchTooSlow,
];
