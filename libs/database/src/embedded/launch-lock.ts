import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { Cluster } from './cluster.js';
import { codeOf, NotYet } from './failures.js';

/**
 * Keeps two starts apart: postmasters that find the same stale `postmaster.pid` at the same moment can remove each other's
 * new one. The data would be safe, but neither might live.
 *
 * The lock is a socket's name that is no file: it is gone with its process, even by kill -9. macOS has none, and PostgreSQL
 * is alone with the problem there.
 *
 * @throws NotYet while another start is at work on this cluster
 */
export async function launchAlone<T>(cluster: Cluster, work: () => Promise<T>): Promise<T> {
  const name = socketName(cluster.password);
  if (name === undefined) return work();
  const server = createServer();
  try {
    await once(server.listen(name), 'listening');
  } catch (error) {
    if (codeOf(error) !== 'EADDRINUSE') throw error;
    throw new NotYet(
      `Another start of PostgreSQL on ${cluster.directory} is under way: wait for it, or choose another data folder.`,
    );
  }
  try {
    return await work();
  } finally {
    server.close();
  }
}

/** Of the password, because it tells clusters apart and others cannot know it, who could take the name to be a nuisance. */
function socketName(password: string): string | undefined {
  const name = `modeldb-${createHash('sha256').update(password).digest('hex').slice(0, 32)}`;
  if (process.platform === 'linux') return `\0${name}`;
  return process.platform === 'win32' ? `\\\\.\\pipe\\${name}` : undefined;
}
