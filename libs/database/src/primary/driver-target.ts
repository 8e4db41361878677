import pg, { type Client, type ClientConfig, type PoolConfig } from 'pg';
import { oneUrlPerHost } from '#config';
import { RowClient } from '../wire/row-client.js';
import { FollowingClient } from './following-client.js';
import { Primary } from './primary.js';

/** What the driver has to be told of a database. */
export interface DriverTarget extends Pick<PoolConfig, 'Client'> {
  readonly connectionString: string;
  /** Where connections follow the primary. */
  readonly primary?: Primary;
}

/** What one connection has found out is known to all of the process. */
const primaries = new Map<string, DriverTarget>();

/** How to connect to a database: to the host of its URL; of several, or where the URL asks for it, to the one that takes writes. */
export function driverTarget(databaseUrl: string): DriverTarget {
  const urls = oneUrlPerHost(databaseUrl);
  const [connectionString = databaseUrl] = urls;
  if (urls.length === 1 && !databaseUrl.includes('target_session_attrs=')) {
    return { connectionString, Client: RowClient };
  }
  let target = primaries.get(databaseUrl);
  if (!target) {
    const primary = new Primary(urls);
    target = { connectionString, primary, Client: clientOf(primary) };
    primaries.set(databaseUrl, target);
  }
  return target;
}

/** A connection of its own, to be connected by whoever asks for it. */
export function databaseClient(databaseUrl: string, config: ClientConfig): Client {
  const { connectionString, primary } = driverTarget(databaseUrl);
  const settings = { ...config, connectionString };
  return primary ? new (clientOf(primary))(settings) : new pg.Client(settings);
}

/** The driver's pool makes its connections itself. */
function clientOf(primary: Primary): new (config?: ClientConfig) => FollowingClient {
  return class extends FollowingClient {
    constructor(config?: ClientConfig) {
      super(config, primary);
    }
  };
}
