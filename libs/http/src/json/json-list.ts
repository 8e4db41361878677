import { isStored, type StoredRow } from '#rows';
import type { JsonText, RowWriter } from './json-writer.js';

/** Writes rows as a JSON array. */
export function jsonList<Row>(rows: readonly Row[], write: RowWriter<Row>): JsonText | Buffer {
  const { bytes } = write;
  return bytes && areStored(rows) ? bytes.array(rows) : `[${listed(rows, write)}]`;
}

/** Joined, so that it is one piece: text that was put together bit by bit is taken apart again to be sent. */
export function listed<Row>(rows: readonly Row[], write: (row: Row) => JsonText): string {
  return rows.map(write).join(',');
}

/** The rows of a result are all of one kind. */
function areStored(rows: readonly unknown[]): rows is readonly [StoredRow, ...StoredRow[]] {
  return isStored(rows[0]);
}
