import { keyset, type Walk } from './keyset.js';

/** What a page is read from. */
export interface PageSource extends Walk {
  readonly table: string;
  /** The columns of an answer, of the table or subquery of that name. */
  readonly columnsOf: (alias: string) => string;
  /** The SQL of the bytes that a row takes. */
  readonly bytesOf: (alias: string) => string;
  /** What else holds for the rows of the list. */
  readonly conditions: readonly string[];
  /** Rows at most. */
  readonly rows: number;
  /** The page ends after the row that reaches this many bytes: memory does not depend on what is stored. */
  readonly bytes: number;
}

/** A row of a page, with the bytes of the rows up to and including it. */
export interface PagedRow {
  readonly bytes_so_far: string;
}

/** The statement that reads the rows of a list after the place `$1` (time) and `$2` (id). */
export function pageSql(source: PageSource): string {
  const { table, alias, columnsOf, bytesOf, conditions, rows, bytes } = source;
  const walk = keyset(source);
  const bytesSoFar = `sum(${bytesOf(alias)}) OVER (ORDER BY ${walk.orderBy} ROWS UNBOUNDED PRECEDING)`;
  return `SELECT ${columnsOf('page')}, page.bytes_so_far
    FROM (
      SELECT ${alias}.*, ${bytesSoFar} AS bytes_so_far
      FROM ${table} ${alias}
      WHERE ${[walk.where, ...conditions].join(' AND ')}
      ORDER BY ${walk.orderBy}
      LIMIT ${String(rows)}
    ) page
    WHERE page.bytes_so_far - ${bytesOf('page')} < ${String(bytes)}
    ORDER BY ${keyset({ ...source, alias: 'page' }).orderBy}`;
}

/** Whether more rows may follow: the page has reached one of its limits. */
export function isFull(
  page: readonly PagedRow[],
  { rows, bytes }: { rows: number; bytes: number },
): boolean {
  return page.length >= rows || Number(page.at(-1)?.bytes_so_far) >= bytes;
}
