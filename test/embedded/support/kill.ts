import pg from 'pg';
import { onCleanUp } from './clean-up.js';
import { postmasterPid } from './data-folder.js';

/** kill -9 of the postmaster alone. */
export function killPostmaster(dataDir: string): void {
  process.kill(postmasterPid(dataDir), 'SIGKILL');
}

/** kill -9 of processes of which some may have ended by themselves since they were listed. */
export function killAll(pids: readonly number[]): void {
  for (const pid of pids) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
    }
  }
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
