import type { Queries } from '#database';
import { FILL } from './evaluation-check.sql.js';

/** Fills the index of numbers from the documents and metrics of all experiments. It has to be empty, and nobody may write. */
export async function fillIndex(database: Queries): Promise<void> {
  await database.query(FILL, []);
}
