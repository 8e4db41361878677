import { Inject, Injectable, Optional } from '@nestjs/common';
import { Database, DatabaseProbe, Replicas, SearchDatabase } from '#database';
import {
  build,
  connectionQueue,
  connectionQueueMax,
  connections,
  connectionsMax,
  METRICS_HOLD_MS,
  records,
  registry,
  remembered,
  replicaLag,
  replicaUsed,
  samplesOfProcess,
  watchProcess,
  workers,
  type Samples,
} from '#telemetry';
import { RELEASE, type Release } from '../version/release.js';

/** However many ask, rows are counted once a minute. */
const COUNTS_HOLD_MS = 60_000;

/** Puts together what all workers of the service tell, as text. */
export type MetricsOfService = () => Promise<string>;
export const METRICS_OF_SERVICE = Symbol('METRICS_OF_SERVICE');

/** What is told Prometheus: of this process or, where it is a worker, of the service. */
@Injectable()
export class MetricsService {
  /** @returns the metrics, in Prometheus' text format */
  readonly text: () => Promise<string>;
  private readonly counts = remembered(() => this.probe.countRecords(), COUNTS_HOLD_MS);

  constructor(
    private readonly database: Database,
    private readonly searches: SearchDatabase,
    private readonly probe: DatabaseProbe,
    private readonly replicas: Replicas,
    @Inject(RELEASE) { version, commit = '' }: Release,
    @Optional() @Inject(METRICS_OF_SERVICE) ofService?: MetricsOfService,
  ) {
    this.text = ofService ?? remembered(() => this.make(), METRICS_HOLD_MS);
    build.set({ version, commit }, 1);
    workers.set(1);
    watchProcess();
  }

  /** What this process alone has measured. */
  async samples(): Promise<Samples> {
    await this.look();
    return samplesOfProcess();
  }

  private async make(): Promise<string> {
    await this.look();
    return registry.metrics();
  }

  /** Reads the gauges. */
  private async look(): Promise<void> {
    this.tellPool('records', this.database);
    this.tellPool('searches', this.searches);
    this.tellReplicas();
    await this.tellRecords();
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
