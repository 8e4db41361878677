import type { DatabaseHost } from './database-host.js';
import { SessionClient } from './session-client.js';

/** A host that takes longer than this to say that it takes writes is no primary for anybody. */
const LIMIT_MS = 2000;

/**
 * Connects to a host, to see whether it takes writes.
 * @throws why it is of no use
 */
export async function tryHost(host: DatabaseHost): Promise<DatabaseHost> {
  const client = new SessionClient({
    connectionString: host.url,
    application_name: 'modeldb looking for the primary',
    connectionTimeoutMillis: LIMIT_MS,
    query_timeout: LIMIT_MS,
  });
  try {
    await client.connect();
    if (!(await client.takesWrites())) throw new Error('no host takes writes');
    return host;
  } finally {
    // Nobody waits for the farewell: a host that is gone does not answer it.
    client.end().catch(() => undefined);
  }
}
