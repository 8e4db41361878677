const PARTS = /^([a-z]+:\/\/(?:[^/?#]*@)?)([^@/?#]*)(.*)$/s;

/**
 * The URLs of the hosts that a URL names: `postgresql://user@one:5432,two:5432/database`, as libpq has it, is one for `one`
 * and one for `two`. Each is of one host, as URLs are.
 */
export function oneUrlPerHost(databaseUrl: string): string[] {
  const [, start = '', hosts = '', end = ''] = PARTS.exec(databaseUrl) ?? [];
  if (!hosts.includes(',')) return [databaseUrl];
  return hosts.split(',').map((host) => start + host + end);
}
