import type { Database, Value } from './database.js';
import type { Statement } from './statement.js';

/** The place of a row in a list: when it was made, and its id where two were made at once. */
export type PageKey = readonly [createdDatetime: string, id: string];

/** How to read a list page by page. */
export interface PageReader<Row extends object> {
  /** Takes the place to start after as `$1` (time) and `$2` (id), then `values`. */
  readonly statement: Statement;
  readonly values: readonly Value[];
  readonly keyOf: (row: Row) => PageKey;
  /** Whether rows may follow after this page. */
  readonly isFull: (page: readonly Row[]) => boolean;
}

const START: PageKey = ['-infinity', ''];

/**
 * Reads a whole list. Each page is a statement of its own that starts after the last row of the one before: between
 * pages nothing is held, no connection and no snapshot, however slow the reader is.
 */
export async function* readPages<Row extends object>(
  database: Database,
  { statement, values, keyOf, isFull }: PageReader<Row>,
): AsyncGenerator<Row[], void, void> {
  let key = START;
  for (;;) {
    const page = await database.query<Row>(statement, [...key, ...values]);
    const last = page.at(-1);
    if (!last) return;
    yield page;
    if (!isFull(page)) return;
    key = keyOf(last);
  }
}
