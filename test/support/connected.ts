import { connect, type Database } from '#database';
import { createDatabase } from './database.js';

/** What runs statements as the service does, on one connection. */
export interface Connected extends AsyncDisposable {
  readonly database: Database;
}

/** Connects to a database of its own, which goes with the connection. */
export async function connected(): Promise<Connected> {
  const test = await createDatabase();
  const connection = await connect({
    ...{ databaseUrl: test.url, poolSize: 1, poolWaitMs: 10_000 },
    ...{ queueSize: 1, statementTimeoutMs: 10_000 },
  });
  return {
    database: connection.database,
    async [Symbol.asyncDispose]() {
      await connection[Symbol.asyncDispose]();
      await test.drop();
    },
  };
}
