import pg from 'pg';
import { migrations } from '../migrations/index.js';
import { driverTarget } from '../primary/driver-target.js';
import type { PrimaryPlace, ReplicaPlace } from './places.js';

/** A server that takes longer to say so little is not there for anybody. */
const LIMIT_MS = 2000;

const SYSTEM = `(SELECT system_identifier::text FROM pg_control_system()) AS system`;
const PRIMARY = `
  SELECT ${SYSTEM}, ('x' || substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8))::bit(32)::int::text AS timeline,
    (pg_current_wal_lsn() - '0/0')::text AS position`;
/** What is received tells of a promotion at once, but not to every role; the other one when the replica has next written its pages. */
const REPLICA = `
  SELECT ${SYSTEM}, pg_is_in_recovery() AS is_standby,
    coalesce(
      (SELECT received_tli FROM pg_stat_wal_receiver),
      (SELECT timeline_id FROM pg_control_checkpoint())
    )::text AS timeline,
    coalesce(pg_last_wal_replay_lsn() - '0/0', 0)::text AS position,
    (SELECT array_agg(name::text) FROM migrations) AS migrations`;

interface Row {
  readonly system: string;
  readonly timeline: string;
  readonly position: string;
}
interface ReplicaRow extends Row {
  readonly is_standby: boolean;
  readonly migrations: readonly string[] | null;
}

/** Asks a primary or a replica how far it has come, on a connection of its own. */
export class PlaceProbe implements AsyncDisposable {
  private readonly pool: pg.Pool;

  constructor(databaseUrl: string) {
    this.pool = new pg.Pool({
      ...driverTarget(databaseUrl),
      application_name: 'modeldb replicas',
      max: 1,
      connectionTimeoutMillis: LIMIT_MS,
      query_timeout: LIMIT_MS,
    });
    // A connection that is lost while nobody uses it: the next question makes another one.
    this.pool.on('error', () => undefined);
  }

  /** @throws what the driver throws */
  async primary(): Promise<PrimaryPlace> {
    return placeOf(await this.ask<Row>(PRIMARY));
  }

  /** @throws what the driver throws */
  async replica(): Promise<ReplicaPlace> {
    const row = await this.ask<ReplicaRow>(REPLICA);
    const done = new Set(row.migrations);
    return {
      ...placeOf(row),
      isStandby: row.is_standby,
      hasNewestSchema: migrations.every(({ name }) => done.has(name)),
    };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.pool.end();
  }

  private async ask<Answer extends object>(question: string): Promise<Answer> {
    const { rows } = await this.pool.query<Answer>(question);
    const [row] = rows;
    if (!row) throw new Error('A row was expected.');
    return row;
  }
}

function placeOf({ system, timeline, position }: Row): PrimaryPlace {
  return { system, timeline, position: BigInt(position) };
}
