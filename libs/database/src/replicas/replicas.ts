import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { ServiceDatabaseConfig } from '../connection-options.js';
import { withoutPassword } from '../errors/describe-connection-error.js';
import { RepeatedWork } from '../repeated-work.js';
import { PlaceProbe } from './place-probe.js';
import { Replica, type Obstacle } from './replica.js';
import { Track } from './track.js';

/** What the replicas are told. */
export const REPLICA_SETTINGS = Symbol('REPLICA_SETTINGS');

/** How often it is looked where all of them are. */
const EVERY_MS = 500;

/** What is told of a replica. */
export interface ReplicaReport {
  readonly index: number;
  readonly isUsed: boolean;
  readonly lagMs: number;
}

/** The standbys that answer reads which may be a little old. Those that lag or are away are left out, and taken back. */
@Injectable()
export class Replicas extends RepeatedWork implements OnApplicationShutdown {
  private readonly track = new Track();
  private readonly primary: PlaceProbe;
  private readonly replicas: readonly Replica[];
  private readonly maxLagMs: number;
  /** What was last said of each. */
  private readonly told = new Map<Replica, Obstacle | undefined>();
  private turn = 0;

  constructor(@Inject(REPLICA_SETTINGS) config: ServiceDatabaseConfig) {
    super(EVERY_MS, 'the replicas could not be looked at');
    this.primary = new PlaceProbe(config.databaseUrl);
    this.maxLagMs = config.replicaMaxLagMs;
    this.replicas = config.replicaUrls.map((url, index) => new Replica(index, url, config));
  }

  override onApplicationBootstrap(): void {
    if (this.replicas.length > 0) super.onApplicationBootstrap();
  }

  /** One that has all that was written until then, in turn; none where there is no such replica. */
  pick(time: number): Replica | undefined {
    if (this.replicas.length === 0) return undefined;
    const fit = this.replicas.filter((replica) => this.mayServe(replica, time));
    this.turn += 1;
    return fit[this.turn % fit.length];
  }

  mayServe(replica: Replica, time: number): boolean {
    return replica.obstacle(this.maxLagMs, performance.now()) === undefined && replica.covers(time);
  }

  report(): ReplicaReport[] {
    const now = performance.now();
    return this.replicas.map((replica) => ({
      index: replica.index,
      isUsed: replica.obstacle(this.maxLagMs, now) === undefined,
      lagMs: replica.lagMs(now),
    }));
  }

  async onApplicationShutdown(): Promise<void> {
    await Promise.all(this.replicas.map((replica) => replica.close()));
    await this.primary[Symbol.asyncDispose]();
  }

  protected override async work(): Promise<void> {
    const time = performance.now();
    // A primary that is away makes itself felt elsewhere, and here by replicas of which nobody knows how far they are.
    const place = await this.primary.primary().catch(() => undefined);
    if (place) this.track.note(place, time);
    for (const replica of this.replicas) {
      this.tell(replica);
      replica.look(this.track);
    }
  }

  /** Only what has changed. */
  private tell(replica: Replica): void {
    const obstacle = replica.obstacle(this.maxLagMs, performance.now());
    const isKnown = this.told.has(replica);
    if (isKnown && this.told.get(replica) === obstacle) return;
    // Before it was asked for the first time, there is nothing to tell.
    if (!isKnown && replica.isNew) return;
    this.told.set(replica, obstacle);
    const fields = { replica: replica.index, url: withoutPassword(replica.url) };
    if (obstacle) this.logger.warn({ msg: 'a replica is left out', reason: obstacle, ...fields });
    else this.logger.log({ msg: 'a replica is used', ...fields });
  }
}
