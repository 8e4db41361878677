import type { DataSourceOptions } from 'typeorm';
import type { Config } from '#config';
import { migrations } from './migrations/index.js';
import { pinSettings } from './pin-settings.js';

/** What the connections need to know. */
export type DatabaseConfig = Pick<Config, 'poolSize' | 'poolWaitMs' | 'statementTimeoutMs'> & {
  readonly databaseUrl: string;
};

/** What the service's connections need to know: those for records, and those for searches. */
export type ServiceDatabaseConfig = DatabaseConfig &
  Pick<Config, 'searchPoolSize' | 'searchTimeoutMs'>;

/** TypeORM's options for a database; the entities are added by the modules that own them. */
export function connectionOptions(
  config: DatabaseConfig,
): Extract<DataSourceOptions, { type: 'postgres' }> {
  return {
    type: 'postgres',
    url: config.databaseUrl,
    applicationName: 'modeldb',
    migrations,
    migrationsRun: false,
    synchronize: false,
    logging: false,
    extra: {
      max: config.poolSize,
      // Also the time a request waits for a connection when all are busy.
      connectionTimeoutMillis: config.poolWaitMs,
      statement_timeout: config.statementTimeoutMs,
      keepAlive: true,
      onConnect: pinSettings,
    },
  };
}
