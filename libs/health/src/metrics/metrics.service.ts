import { Inject, Injectable } from '@nestjs/common';
import { Database, DatabaseProbe, Replicas, SearchDatabase } from '#database';
import {
  build,
  connectionQueue,
  connectionQueueMax,
  connections,
  connectionsMax,
  records,
  registry,
  replicaLag,
  replicaUsed,
  watchProcess,
} from '#telemetry';
import { remembered } from '../remembered.js';
import { RELEASE, type Release } from '../version/release.js';

/** However many ask, the text is made once a second, and rows are counted once a minute. */
const HOLDS_MS = 1000;
const COUNTS_HOLD_MS = 60_000;

/** What this process tells Prometheus. */
@Injectable()
export class MetricsService {
  /** @returns the metrics, in Prometheus' text format */
  readonly text = remembered(() => this.make(), HOLDS_MS);
  private readonly counts = remembered(() => this.probe.countRecords(), COUNTS_HOLD_MS);

  constructor(
    private readonly database: Database,
    private readonly searches: SearchDatabase,
    private readonly probe: DatabaseProbe,
    private readonly replicas: Replicas,
    @Inject(RELEASE) { version, commit = '' }: Release,
  ) {
    build.set({ version, commit }, 1);
    watchProcess();
  }

  private async make(): Promise<string> {
    this.tellPool('records', this.database);
    this.tellPool('searches', this.searches);
    this.tellReplicas();
    await this.tellRecords();
    return registry.metrics();
  }

  private tellPool(pool: string, { load }: Database): void {
    connections.set({ pool, state: 'busy' }, load.busy);
    connections.set({ pool, state: 'idle' }, load.idle);
    connectionsMax.set({ pool }, load.max);
    connectionQueue.set({ pool }, load.waiting);
    connectionQueueMax.set({ pool }, load.maxWaiting);
  }

  private tellReplicas(): void {
    for (const { index, isUsed, lagMs } of this.replicas.report()) {
      const replica = String(index);
      replicaUsed.set({ replica }, isUsed ? 1 : 0);
      // One that was never reached has none.
      if (Number.isFinite(lagMs)) replicaLag.set({ replica }, lagMs / 1000);
    }
  }

  /** Nothing, rather than what was, while the database is away; all else is told. */
  private async tellRecords(): Promise<void> {
    records.reset();
    const counts = await this.counts().catch(() => []);
    for (const { kind, rows } of counts) records.set({ kind }, rows);
  }
}
