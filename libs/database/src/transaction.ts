import { StatementTimer } from '#telemetry';
import type { Connections } from './connections.js';
import { retrying } from './errors/retry.js';
import { translateError } from './errors/translate-error.js';
import { adHocStatement, type Statement } from './statement.js';

const BEGIN = adHocStatement('transaction.begin', 'BEGIN');

/** Runs statements one after the other in a transaction; all of them again when PostgreSQL asks for that. */
export async function runTransaction(
  connections: Connections,
  statements: readonly Statement[],
  values: unknown[],
): Promise<void> {
  let current = BEGIN;
  const attempt = (): Promise<void> =>
    connections.use(async (client) => {
      await connections.begin(client);
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
