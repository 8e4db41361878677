import pg from 'pg';
import type { DataSourceOptions } from 'typeorm';
import type { Config } from '#config';
import { migrations } from './migrations/index.js';
import { pinSettings, settingsStatement } from './pin-settings.js';
import { driverTarget } from './primary/driver-target.js';
import type { Primary } from './primary/primary.js';
import type { Statement } from './statement.js';

/** What a connection keeps from one transaction to the next; unless it is said, everything. */
export type SessionConfig = Partial<Pick<Config, 'poolMode' | 'preparesStatements'>>;

/** What the connections need to know. */
export type DatabaseConfig = SessionConfig &
  Pick<Config, 'poolSize' | 'poolWaitMs' | 'queueSize' | 'statementTimeoutMs'> & {
    readonly databaseUrl: string;
  };

/** What the service's connections need to know: those for records, and those for searches. */
export type ServiceDatabaseConfig = DatabaseConfig &
  Pick<Config, 'searchPoolSize' | 'searchTimeoutMs' | 'replicaUrls' | 'replicaMaxLagMs'>;

/** What a pool is told that the driver does not know. */
export interface PoolSettings {
  /** Names it in metrics. */
  readonly poolName: string;
  readonly queueSize: number;
  /** How long a connection may say nothing while it is in use; 0 for as long as it likes. */
  readonly silenceMs: number;
  /** How often work is begun that PostgreSQL undoes; absent: as often as is usual. */
  readonly attempts?: number | undefined;
  /** Whom the connections follow from host to host. */
  readonly primary?: Primary;
  /** Sets what our statements take for granted, before each; absent: the connections are made so. */
  readonly settings: Statement | undefined;
  readonly preparesStatements: boolean;
}

interface PoolOptions extends Partial<Pick<PoolSettings, 'poolName' | 'attempts'>> {
  /** All statements are as good for one value as for another. */
  readonly plansOnce?: boolean;
}

/** How much longer than PostgreSQL may take we wait for its answer: then the connection is silent, and given up. */
const SILENCE_MS = 1000;

/**
 * TypeORM's options for a database; the entities are added by the modules that own them.
 */
export function connectionOptions(
  config: DatabaseConfig,
  { plansOnce = false, poolName = 'records', attempts }: PoolOptions = {},
): Extract<DataSourceOptions, { type: 'postgres' }> {
  const { statementTimeoutMs, queueSize, poolMode = 'session', preparesStatements = true } = config;
  const { connectionString, ...following } = driverTarget(config.databaseUrl);
  const pinned = { ...config, plansOnce };
  const keepsSettings = poolMode === 'session';
  return {
    type: 'postgres',
    // The very module that is used here; TypeORM would look for one by its name.
    driver: pg,
    url: connectionString,
    applicationName: 'modeldb',
    migrations,
    migrationsRun: false,
    synchronize: false,
    logging: false,
    extra: {
      ...following,
      max: config.poolSize,
      // Also the time a request waits for a connection when all are busy.
      connectionTimeoutMillis: config.poolWaitMs,
      keepAlive: true,
      ...(keepsSettings && {
        statement_timeout: statementTimeoutMs,
        onConnect: pinSettings(pinned),
      }),
      poolName,
      attempts,
      queueSize,
      silenceMs: statementTimeoutMs === 0 ? 0 : statementTimeoutMs + SILENCE_MS,
      settings: keepsSettings ? undefined : settingsStatement(pinned),
      preparesStatements,
    } satisfies PoolSettings & Record<string, unknown>,
  };
}
