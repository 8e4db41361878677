import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { databaseUnavailable } from '#errors';
import pg from 'pg';
import { migrations } from './migrations/index.js';
import { driverTarget } from './primary/driver-target.js';

/** About how many rows a table has. */
export interface RecordCount {
  readonly kind: string;
  readonly rows: number;
}

/** Where the probe asks. */
export const PROBED_URL = Symbol('PROBED_URL');

/** A database that takes longer to say so little is not there for anybody. */
const LIMIT_MS = 2000;
/** A table that was never looked over has -1. */
const COUNTS = `
  SELECT kind, greatest(reltuples, 0)::float8 AS rows
  FROM unnest(ARRAY['projects', 'models', 'experiments', 'experiment_evaluations', 'metric_series', 'api_keys']) AS kind
  JOIN pg_class ON pg_class.oid = to_regclass(kind)`;
const UNDEFINED_TABLE = '42P01';

/**
 * Asks the database whether it is there, on a connection of its own: those of requests may all be busy, which is no reason
 * to send the requests elsewhere. Unless it is asked again, the connection ends after ten seconds.
 */
@Injectable()
export class DatabaseProbe implements OnApplicationShutdown {
  private readonly pool: pg.Pool;

  constructor(@Inject(PROBED_URL) databaseUrl: string) {
    this.pool = new pg.Pool({
      ...driverTarget(databaseUrl),
      application_name: 'modeldb readiness',
      max: 1,
      connectionTimeoutMillis: LIMIT_MS,
      query_timeout: LIMIT_MS,
    });
    // A connection that is lost while nobody uses it: the next question makes another one.
    this.pool.on('error', () => undefined);
  }

  /**
   * Whether the database has had every migration of this release. Each is a transaction, so none can be half done; those of
   * a later release do not matter.
   * @throws CodedError when the database cannot be reached
   */
  async hasNewestSchema(): Promise<boolean> {
    try {
      const { rows } = await this.pool.query<{ name: string }>('SELECT name FROM migrations');
      const done = new Set(rows.map(({ name }) => name));
      return migrations.every(({ name }) => done.has(name));
    } catch (error) {
      if (error instanceof pg.DatabaseError && error.code === UNDEFINED_TABLE) return false;
      throw databaseUnavailable(error);
    }
  }

  /**
   * About how many rows there are of each kind: as PostgreSQL has estimated when it last looked over the table, which costs nothing.
   * @throws CodedError when the database cannot be reached
   */
  async countRecords(): Promise<RecordCount[]> {
    try {
      const { rows } = await this.pool.query<{ kind: string; rows: number }>(COUNTS);
      return rows;
    } catch (error) {
      throw databaseUnavailable(error);
    }
  }

  async onApplicationShutdown(): Promise<void> {
    await this.pool.end();
  }
}
