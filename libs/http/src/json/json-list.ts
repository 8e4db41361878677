import type { JsonText } from './json-writer.js';

/** Writes rows as a JSON array. */
export function jsonList<Row>(rows: readonly Row[], write: (row: Row) => JsonText): JsonText {
  return `[${listed(rows, write)}]`;
}

/** Joined, so that it is one piece: text that was put together bit by bit is taken apart again to be sent. */
export function listed<Row>(rows: readonly Row[], write: (row: Row) => JsonText): string {
  return rows.map(write).join(',');
}
