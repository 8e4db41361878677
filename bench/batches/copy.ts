import type { Client } from 'pg';
import { sendRows } from '../fill/send-rows.js';
import type { Contestant } from './contestant.js';

/** The rows of a table, already in the text format of COPY. */
export interface CopiedRows {
  readonly table: string;
  readonly columns: readonly string[];
  readonly lines: readonly string[];
}

/**
 * Writes a batch by COPY, all of it in one transaction.
 * @param makeRows - makes the next rows, before the time runs
 */
export function copier(client: Client, makeRows: () => readonly CopiedRows[]): Contestant {
  return async () => {
    const tables = makeRows();
    const start = performance.now();
    await client.query('BEGIN');
    for (const { table, columns, lines } of tables) {
      await sendRows(client, { table, columns, write: (line: string) => line }, lines);
    }
    await client.query('COMMIT');
    return performance.now() - start;
  };
}
