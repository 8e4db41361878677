import pg from 'pg';
import { fill } from '../fill/fill.js';

const QUIET = { step: () => undefined, rows: () => undefined };

/**
 * Fills a database as `bench:fill` does, unless it has projects.
 * @param anew - fills it in any case; all that was in it is lost
 */
export async function ensureFilled(url: string, experiments: number, anew = false): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rowCount } = await client.query('SELECT FROM projects LIMIT 1');
    if (rowCount !== 0 && !anew) return;
    if (anew) await client.query('TRUNCATE idempotency_keys');
    console.error(`filling a database with ${experiments} experiments`);
    await fill(client, { seed: 1, experiments }, anew, QUIET);
  } finally {
    await client.end();
  }
}
