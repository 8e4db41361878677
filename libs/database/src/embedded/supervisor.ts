import { setTimeout as delay } from 'node:timers/promises';
import { acquire } from './acquire.js';
import { urlOf, type Cluster } from './cluster.js';
import type { EmbeddedPostgres } from './embedded-postgres.js';
import { InUseError, oneLine } from './failures.js';
import { hold, type Hold } from './hold.js';
import { findPostmaster } from './postmaster.js';
import { stopPostmaster } from './stop-postmaster.js';

const [shortestPause, longestPause] = [100, 5000];
const attempts = 20;

/**
 * Keeps PostgreSQL running at the same address: when its guardian's connection is lost, it connects again or, when
 * PostgreSQL has ended, restarts it, and does not give up.
 *
 * In the moment between, another Model DB may take the cluster. That is logged and left so: from then on this one neither
 * restarts nor stops PostgreSQL, and its url may lead nowhere.
 */
export class Supervisor implements EmbeddedPostgres {
  readonly url: string;
  private readonly stopping = new AbortController();
  private hold: Hold | undefined;
  private takenOver = false;
  private recovery = Promise.resolve();
  private stopped: Promise<void> | undefined;

  constructor(
    private readonly cluster: Cluster,
    hold: Hold,
  ) {
    this.url = urlOf(cluster, hold.postmaster.port);
    this.watch(hold);
  }

  stop(): Promise<void> {
    return (this.stopped ??= this.stopOnce());
  }

  private watch(hold: Hold): void {
    this.hold = hold;
    void hold.guardian.lost.then(() => {
      if (this.stopping.signal.aborted) return;
      this.hold = undefined;
      this.cluster.log(`The connection to PostgreSQL (process ${hold.postmaster.pid}) was lost.`);
      this.recovery = this.recover(hold.postmaster.port);
    });
  }

  private async recover(port: number): Promise<void> {
    const { signal } = this.stopping;
    for (let pause = shortestPause; ; pause = Math.min(2 * pause, longestPause)) {
      try {
        await this.regain(port);
        return;
      } catch (error) {
        if (signal.aborted || this.isTakenOver(error)) return;
        this.cluster.log(`PostgreSQL is away, trying again: ${messageOf(error)}`);
      }
      await delay(pause, undefined, { signal }).catch(() => undefined);
    }
  }

  private async regain(port: number): Promise<void> {
    const regained = await acquire(this.cluster, { port, attempts, signal: this.stopping.signal });
    if (regained.postmaster.port === port) {
      this.watch(regained);
      return;
    }
    // Left behind by another Model DB that came and went; our url has to stay valid.
    await stopPostmaster(this.cluster, regained.postmaster.pid);
    await this.regain(port);
  }

  private isTakenOver(error: unknown): boolean {
    if (!(error instanceof InUseError)) return false;
    this.takenOver = true;
    this.cluster.log(`Gave PostgreSQL up: ${error.message}`);
    return true;
  }

  private async stopOnce(): Promise<void> {
    this.stopping.abort();
    await this.recovery;
    const pid = await this.ours();
    if (pid === undefined) return;
    await stopPostmaster(this.cluster, pid);
    await this.hold?.guardian.end();
    this.cluster.log(`Stopped PostgreSQL (process ${pid}).`);
  }

  /** The postmaster, if it runs and is still ours to stop. */
  private async ours(): Promise<number | undefined> {
    if (this.hold) return this.hold.postmaster.pid;
    if (this.takenOver) return undefined;
    const { running } = await findPostmaster(this.cluster).catch(() => ({ running: undefined }));
    if (!running) return undefined;
    try {
      this.hold = await hold(this.cluster, running);
    } catch (error) {
      // When it does not even answer, nobody else can have taken it.
      if (error instanceof InUseError) return undefined;
    }
    return running.pid;
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? oneLine(error.message) : String(error);
}
