import pg from 'pg';
import { onCleanUp } from './clean-up.js';
import { postmasterPid } from './data-folder.js';

/** kill -9 of the postmaster alone. */
export function killPostmaster(dataDir: string): void {
  process.kill(postmasterPid(dataDir), 'SIGKILL');
}

/** The process that serves a connection, which stays open until the test ends. */
export async function backendOf(url: string): Promise<number> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  onCleanUp(() => client.end());
  const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
  return rows[0]?.pid ?? 0;
}
