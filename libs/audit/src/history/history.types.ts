import type { RecordType } from '../write/record-events.js';

/** What the history of a kind of records needs to know of it. */
export interface HistorySource {
  readonly entityType: RecordType;
  /** The columns of an answer, of the table or subquery of that name. */
  readonly columnsOf: (alias: string) => string;
}

/** A record whose history is asked for, and how. */
export interface HistoryRequest {
  readonly limit?: number | undefined;
  readonly cursor?: string | undefined;
}
