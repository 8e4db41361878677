import type { Pool, PoolClient } from 'pg';
import { DataSource } from 'typeorm';
import { connectionOptions, type ServiceDatabaseConfig } from '../connection-options.js';
import { Database } from '../database.js';
import { SearchDatabase } from '../search-database.js';
import { searchOptions } from '../search-options.js';
import { PlaceProbe } from './place-probe.js';
import { mismatchOf, type Mismatch } from './places.js';
import type { Track } from './track.js';

/** Where reads are answered that may be a little old: what users made up has connections of its own there, too. */
export interface Readable {
  readonly records: Pick<Database, 'query' | 'page' | 'find'>;
  readonly searches: Pick<Database, 'query' | 'page' | 'find'>;
}

/** Why a replica is left out. */
export type Obstacle = Mismatch | 'does not answer' | 'lags';

/** A standby of the primary: how far it has come, and its connections. */
export class Replica {
  private readonly probe: PlaceProbe;
  private readonly sources: { readonly records: DataSource; readonly searches: DataSource };
  private readonly lent = new Set<PoolClient>();
  private opened: Readable | undefined;
  private covered = -Infinity;
  private mismatch: Mismatch | undefined;
  private isAway = true;
  private wasAsked = false;
  private asking: Promise<void> | undefined;

  constructor(
    readonly index: number,
    readonly url: string,
    config: ServiceDatabaseConfig,
  ) {
    this.probe = new PlaceProbe(url);
    const own = { ...config, databaseUrl: url };
    const name = (pool: string) => ({ poolName: `replica_${String(index)}_${pool}`, attempts: 1 });
    this.sources = {
      records: new DataSource(connectionOptions(own, { plansOnce: true, ...name('records') })),
      searches: new DataSource(connectionOptions(searchOptions(own), name('searches'))),
    };
  }

  /** Its connections. @throws before it has served */
  get readable(): Readable {
    if (!this.opened) throw new Error('The replica was never reached.');
    return this.opened;
  }

  /** Whether nothing can be said of it yet. */
  get isNew(): boolean {
    return !this.wasAsked;
  }

  /** How long ago something may have been written that it does not have, in milliseconds. */
  lagMs(now: number): number {
    return now - this.covered;
  }

  /** What keeps it from being used now. */
  obstacle(maxLagMs: number, now: number): Obstacle | undefined {
    if (this.isAway) return 'does not answer';
    if (this.mismatch) return this.mismatch;
    return this.lagMs(now) > maxLagMs ? 'lags' : undefined;
  }

  /** Whether it has all that was written until then. */
  covers(time: number): boolean {
    return this.covered >= time;
  }

  /** Asks it how far it has come, unless it is being asked: one that does not answer delays no other. */
  look(track: Track): void {
    this.asking ??= this.ask(track).finally(() => {
      this.asking = undefined;
      this.wasAsked = true;
    });
  }

  async close(): Promise<void> {
    await this.asking;
    await this.probe[Symbol.asyncDispose]();
    const open = Object.values(this.sources).filter(({ isInitialized }) => isInitialized);
    await Promise.all(open.map((source) => source.destroy()));
  }

  private async ask(track: Track): Promise<void> {
    try {
      const place = await this.probe.replica();
      this.opened ??= await this.open();
      this.isAway = false;
      this.mismatch = track.primary && mismatchOf(track.primary, place);
      if (this.mismatch) return;
      this.covered = Math.max(this.covered, track.coveredAt(place.position) ?? -Infinity);
    } catch {
      this.isAway = true;
      // What waits for an answer there is asked of the primary.
      for (const { connection } of this.lent) {
        connection.stream.destroy(new Error('connection terminated: the replica does not answer'));
      }
    }
  }

  private async open(): Promise<Readable> {
    const { records, searches } = this.sources;
    for (const source of [records, searches]) {
      if (!source.isInitialized) await source.initialize();
      const { master: pool } = source.driver as unknown as { readonly master: Pool };
      pool.on('acquire', (client) => this.lent.add(client));
      pool.on('release', (_error, client) => this.lent.delete(client));
    }
    return { records: new Database(records), searches: new SearchDatabase(searches) };
  }
}
