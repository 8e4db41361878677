import { StatementTimer } from '#telemetry';
import type { Connections } from './connections.js';
import { retrying } from './errors/retry.js';
import { translateError } from './errors/translate-error.js';
import { statement, type Statement } from './statement.js';

/** Said aloud: with any other level, which a database can have as its default, a statement sees only what the first one saw. */
const BEGIN = statement('transaction.begin', 'BEGIN ISOLATION LEVEL READ COMMITTED');

/** Runs statements one after the other in a transaction; all of them again when PostgreSQL asks for that. */
export async function runTransaction(
  connections: Connections,
  statements: readonly Statement[],
  values: unknown[],
): Promise<void> {
  let current = BEGIN;
  const attempt = (): Promise<void> =>
    connections.use(async (client) => {
      await client.query(BEGIN.text);
      for (current of statements) {
        const timer = new StatementTimer(current.label);
        await client.query(current.text, values).finally(() => {
          timer.end();
        });
      }
      await client.query('COMMIT');
    });
  try {
    await retrying(attempt);
  } catch (error) {
    throw translateError(error, current);
  }
}
