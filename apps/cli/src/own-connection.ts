import { databaseClient, withoutPassword } from '#database';
import { StartupError } from '#errors';
import type { Client } from 'pg';

const CONNECT_MS = 10_000;

/**
 * A connection for long transactions, which its caller ends.
 * @param name - by which PostgreSQL knows it
 * @throws StartupError when the database cannot be reached
 */
export async function ownConnection(url: string, name: string): Promise<Client> {
  const client = databaseClient(url, {
    application_name: name,
    connectionTimeoutMillis: CONNECT_MS,
    keepAlive: true,
  });
  // One that is lost says so to the statement that runs as well.
  client.on('error', () => undefined);
  try {
    await client.connect();
  } catch (error) {
    throw new StartupError(
      `Cannot use PostgreSQL at ${withoutPassword(url)}: ${(error as Error).message}`,
    );
  }
  return client;
}
