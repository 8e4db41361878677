/** The place of a row in a list: when it was made, and its id where two were made at once. */
export type PageKey = readonly [createdDatetime: string, id: string];

/** How to read a list page by page. */
export interface PageReader<Row extends object, Key = PageKey> {
  readonly after: Key;
  readonly read: (after: Key) => Promise<Row[]>;
  readonly keyOf: (row: Row) => Key;
  /** Whether rows may follow after this page. */
  readonly isFull: (page: readonly Row[]) => boolean;
}

/** The place before the first row. */
export function startOf(descending: boolean): PageKey {
  return [descending ? 'infinity' : '-infinity', ''];
}

/**
 * Reads a whole list. Each page is a statement of its own that starts after the last row of the one before, and is asked
 * for while that one is used. Beyond that nothing is held, no connection and no snapshot, however slow the reader is.
 */
export async function* readPages<Row extends object, Key = PageKey>({
  after,
  read,
  keyOf,
  isFull,
}: PageReader<Row, Key>): AsyncGenerator<Row[], void, void> {
  let next: Promise<Row[]> | undefined = read(after);
  while (next) {
    const page: Row[] = await next;
    const last = page.at(-1);
    if (!last) return;
    next = isFull(page) ? read(keyOf(last)) : undefined;
    // A failure is thrown when the page is awaited, which it never is when the reader leaves before.
    next?.catch(() => undefined);
    yield page;
  }
}
