import type { Pool, PoolClient } from 'pg';
import { retrying } from './errors/retry.js';
import { translateError } from './errors/translate-error.js';
import { statement, type Statement } from './statement.js';

/** Said aloud: with any other level, which a database can have as its default, a statement sees only what the first one saw. */
const BEGIN = statement('transaction.begin', 'BEGIN ISOLATION LEVEL READ COMMITTED');

/** Runs statements one after the other in a transaction; all of them again when PostgreSQL asks for that. */
export async function runTransaction(
  pool: Pool,
  statements: readonly Statement[],
  values: unknown[],
): Promise<void> {
  let current = BEGIN;
  const work = async (client: PoolClient): Promise<void> => {
    await client.query(BEGIN.text);
    for (current of statements) await client.query(current.text, values);
    await client.query('COMMIT');
  };
  try {
    await retrying(() => withClient(pool, work));
  } catch (error) {
    throw translateError(error, current);
  }
}

async function withClient(pool: Pool, work: (client: PoolClient) => Promise<void>): Promise<void> {
  const client = await pool.connect();
  // A connection that is lost between two statements says so here; the next statement fails for it.
  client.on('error', ignore);
  let failed = true;
  try {
    await work(client);
    failed = false;
  } finally {
    client.off('error', ignore);
    // A connection that is closed takes its transaction with it.
    client.release(failed);
  }
}

function ignore(): void {
  // See where it is used.
}
