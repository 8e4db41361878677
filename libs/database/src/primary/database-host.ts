/** One of the hosts that a URL names. */
export interface DatabaseHost {
  readonly url: string;
  /** As the driver takes it. */
  readonly host: string;
  readonly port: number;
}

const DEFAULT_PORT = 5432;

/** @param url - of one host */
export function databaseHost(url: string): DatabaseHost {
  const { hostname, port } = new URL(url);
  const host = decodeURIComponent(hostname.replace(/^\[(.+)\]$/, '$1'));
  return { url, host, port: port === '' ? DEFAULT_PORT : Number(port) };
}
