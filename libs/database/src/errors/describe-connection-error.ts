import pg from 'pg';
import { oneUrlPerHost } from '#config';

const REASONS: Record<string, string> = {
  ECONNREFUSED: 'nothing listens there',
  ENOTFOUND: 'there is no such host',
  EAI_AGAIN: 'the host name cannot be resolved',
  ETIMEDOUT: 'it does not answer',
  EHOSTUNREACH: 'the host cannot be reached',
  ECONNRESET: 'the connection was cut off',
  '28P01': 'the password is wrong',
  '28000': 'this user may not connect',
  '3D000': 'there is no such database',
  '57P03': 'it is starting up or shutting down',
  '53300': 'it has no connections left',
};

/** Why a database cannot be used, in one line without the password. */
export function describeConnectionError(error: unknown, databaseUrl: string): string {
  return `Cannot use the PostgreSQL at ${withoutPassword(databaseUrl)}: ${reasonOf(error)}. Check DATABASE_URL.`;
}

function reasonOf(error: unknown): string {
  const { code = '', path, syscall } = error as NodeJS.ErrnoException;
  const message = error instanceof Error ? error.message : String(error);
  // A certificate or a key that the URL names.
  if (path !== undefined) return `the file ${path} cannot be read (${code})`;
  // A Unix socket.
  if (code === 'ENOENT' && syscall === 'connect') return 'nothing listens there';
  return REASONS[code] ?? (error instanceof pg.DatabaseError ? message : code || message);
}

/** The URL as it may be shown: hosts, ports and database. */
export function withoutPassword(databaseUrl: string): string {
  const [first = databaseUrl, ...others] = oneUrlPerHost(databaseUrl);
  const { protocol, pathname } = new URL(first);
  const hosts = [first, ...others].map((url) => new URL(url).host);
  return `${protocol}//${hosts.join(',')}${pathname}`;
}
