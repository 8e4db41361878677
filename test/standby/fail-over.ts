import { join } from 'node:path';
import { PostgresServer } from '../support/postgres-server.js';
import { Records } from '../support/records.js';
import { ServiceProcess } from '../support/service-process.js';
import { Writers, type Tally } from '../support/writers.js';

/** What a fail-over has cost. */
export interface FailOver extends Tally {
  /** Writes that were answered 503. */
  readonly refused: number;
  /** Writes that were not answered at all. */
  readonly unanswered: number;
  /** The longest time in which no write was acknowledged, in milliseconds. */
  readonly outageMs: number;
  /** From the kill until the standby had become the primary, in milliseconds. */
  readonly promotionMs: number;
}

export interface FailOverOptions {
  /** Where the clusters are made. */
  readonly folder: string;
  /** Clients that write. */
  readonly writers: number;
  /** So many writes are acknowledged before, and as many after. */
  readonly writes: number;
}

/**
 * Kills a primary with a synchronous standby under writes, promotes the standby, and counts what became of the writes. Every
 * writer sends what was refused again, with its key.
 */
export async function failOver(options: FailOverOptions): Promise<FailOver> {
  await using primary = await PostgresServer.primary(join(options.folder, 'primary'));
  const standby = await primary.standby('standby');
  // From now on a commit is acknowledged when both have it.
  await primary.sql(`ALTER SYSTEM SET synchronous_standby_names = 'standby'`);
  await primary.sql('SELECT pg_reload_conf()');
  await primary.until(
    `SELECT count(*) > 0 AS ok FROM pg_stat_replication WHERE sync_state = 'sync'`,
  );
  const service = new ServiceProcess({ DATABASE_URL: primary.urlWith(standby) });
  try {
    const http = await service.ready();
    const { model_id: modelId } = await new Records(http).model();
    const writers = new Writers(() => http, modelId as string, options.writers);
    await writers.untilMore(options.writes);
    const start = performance.now();
    await primary.kill();
    await standby.promote();
    const promotionMs = performance.now() - start;
    await writers.untilMore(options.writes);
    const tally = await writers.finish();
    const { refused, unanswered, longestPauseMs: outageMs } = writers;
    return { ...tally, refused, unanswered, outageMs, promotionMs };
  } finally {
    await service.end('SIGTERM');
  }
}
