import type { ServiceDatabaseConfig } from './connection-options.js';

/** What differs for the connections on which searches run. */
export function searchOptions(config: ServiceDatabaseConfig): ServiceDatabaseConfig {
  const { searchPoolSize: poolSize, searchTimeoutMs: statementTimeoutMs } = config;
  return { ...config, poolSize, statementTimeoutMs };
}
