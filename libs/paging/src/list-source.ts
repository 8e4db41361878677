import type { PageKey, PageSource } from '#database';
import type { Fields } from '#query';

/** A list that can be walked in the order of its times. */
export interface ListSource<Row extends object> extends Omit<
  PageSource,
  'descending' | 'rows' | 'conditions'
> {
  /** Names the list's statements: `experiment.list_by_model`. */
  readonly name: string;
  /** What holds for its rows: that they are live. */
  readonly conditions: readonly string[];
  /** Rows that are read at once when the whole list is. */
  readonly chunkRows: number;
  readonly keyOf: (row: Row) => PageKey;
  /** What its `where` may be about. */
  readonly fields: Fields;
}
