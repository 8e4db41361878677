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
}

/** A page that ends after the row that reaches this many bytes: memory does not depend on what is stored. */
export interface MeasuredPageSource extends PageSource {
  readonly maxBytes: number;
}

/** A row of a page, with the bytes of the rows up to and including it. */
export interface PagedRow {
  readonly bytes_so_far: string;
}

/** The statement that reads the rows of a list after the place `$1` (time) and `$2` (id). */
export function pageSql(source: PageSource): string {
  const { alias, columnsOf } = source;
  return `SELECT ${columnsOf(alias)} ${walkSql(source)}`;
}

/** The same, adding up the bytes of the rows: each is a {@link PagedRow}. */
export function measuredPageSql(source: MeasuredPageSource): string {
  const { alias, columnsOf, bytesOf, maxBytes } = source;
  const { orderBy } = keyset(joined(source));
  const bytesSoFar = `sum(${bytesOf(alias)}) OVER (ORDER BY ${orderBy} ROWS UNBOUNDED PRECEDING)`;
  return `SELECT ${columnsOf('page')}, page.bytes_so_far
    FROM (SELECT ${alias}.*, ${bytesSoFar} AS bytes_so_far ${walkSql(source)}) page
    WHERE page.bytes_so_far - ${bytesOf('page')} < ${String(maxBytes)}
    ORDER BY ${keyset({ ...joined(source), alias: 'page' }).orderBy}`;
}

function walkSql(source: PageSource): string {
  const { table, alias, conditions, rows, scope } = source;
  if (scope?.isMany) return joinedWalkSql(source, scope.column, scope.value);
  const { where, orderBy } = keyset(source);
  return `FROM ${table} ${alias}
    WHERE ${[where, ...conditions].join(' AND ')}
    ORDER BY ${orderBy}
    LIMIT ${String(rows)}`;
}

/** Walks over the list of each value by itself, as far as a page may need, so that what others have is not looked at. */
function joinedWalkSql(source: PageSource, column: string, values: string): string {
  const { alias, rows } = source;
  const one = walkSql({ ...source, scope: { column, value: 'scope.value' } });
  return `FROM unnest(${values}::text[]) scope (value)
    CROSS JOIN LATERAL (SELECT ${alias}.* ${one}) ${alias}
    ORDER BY ${keyset(joined(source)).orderBy}
    LIMIT ${String(rows)}`;
}

/** What the rows of a page are ordered by: in a list of many values, not by these first. */
function joined<Source extends PageSource>(source: Source): Source {
  return source.scope?.isMany ? { ...source, scope: undefined } : source;
}

/** Whether more rows may follow: the page has reached one of its limits. */
export function isFull(
  page: readonly PagedRow[],
  { rows, maxBytes }: Pick<MeasuredPageSource, 'rows' | 'maxBytes'>,
): boolean {
  return page.length >= rows || Number(page.at(-1)?.bytes_so_far) >= maxBytes;
}
