import type { Client } from 'pg';
import type { Stock } from '../hot/stock.js';
import type { Caller } from '../support/caller.js';
import type { Contestant } from './contestant.js';

/** Where batches go. */
export interface BatchField {
  readonly modelDb: Caller;
  readonly stock: Stock;
  /** A connection of COPY's own to the same database. */
  readonly client: Client;
}

/** A kind of batch that Model DB writes, and that COPY writes as well: the same rows into the same tables. */
export interface BatchCase {
  readonly name: string;
  /** In a batch. */
  readonly rows: number;
  readonly enter: (
    field: BatchField,
  ) => Promise<{ readonly modelDb: Contestant; readonly copy: Contestant }>;
}
