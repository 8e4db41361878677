import type { PageKey, PageSource } from '#database';
import type { Fields } from '#query';

/** The lists of one kind of record. What says which rows they have comes after the place: from `$3` on. */
export interface ListSources<Row extends object, Kind extends string = never> {
  /** All records. */
  readonly all: ListSource<Row>;
  /** Those of the projects `$3`. */
  readonly visible: ListSource<Row>;
  /** Those that have the value `$3`, of the projects `$4`; null for all there are. */
  readonly of: Readonly<Record<Kind, ListSource<Row>>>;
}

/** Which records are listed. */
export type ListScope<Kind extends string> =
  { readonly kind: 'all' } | { readonly kind: Kind; readonly value: string };

/** A list that can be walked in the order of its times. */
export interface ListSource<Row extends object> extends Omit<
  PageSource,
  'descending' | 'rows' | 'conditions'
> {
  /** Names the list's statements: `experiment.list_by_model`. */
  readonly name: string;
  /** What holds for its rows: that they are live. */
  readonly conditions: readonly string[];
  /** Whether a page takes so little that its rows are better left as PostgreSQL has sent them: ADR 0032. */
  readonly isLight: boolean;
  /** Rows that are read at once when the whole list is. */
  readonly chunkRows: number;
  readonly keyOf: (row: Row) => PageKey;
  /** What its `where` may be about. */
  readonly fields: Fields;
}
