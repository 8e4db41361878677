import { tooMuchContention } from './errors/contention.js';

const ATTEMPTS = 10;

/**
 * Repeats an insert-or-read statement until it finds a row. A row that another transaction commits while the statement
 * runs stops the insert but is not visible to the statement's own snapshot: the next attempt sees it.
 */
export async function getOrCreate<Row>(attempt: () => Promise<Row | undefined>): Promise<Row> {
  for (let count = 0; count < ATTEMPTS; count += 1) {
    const row = await attempt();
    if (row !== undefined) return row;
  }
  throw tooMuchContention();
}
