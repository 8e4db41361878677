import type { Kind, LegacyRow } from './legacy-rows.js';

/** A database of the old service, read at one moment. */
export interface LegacySource extends AsyncDisposable {
  count(kind: Kind): Promise<number>;
  /** All rows, few of them in memory at a time. */
  rows(kind: Kind): AsyncIterable<LegacyRow> | Iterable<LegacyRow>;
}
