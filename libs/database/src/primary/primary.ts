import { setTimeout as delay } from 'node:timers/promises';
import { databaseHost, type DatabaseHost } from './database-host.js';
import { tryHost } from './try-host.js';

/** A connection of ours to one of the hosts. */
interface Connected {
  readonly follows: DatabaseHost | undefined;
  /** Ends it, whatever it is doing. */
  drop(reason: string): void;
}

/** A primary that is silent because it has much to do is asked no more often than this. */
const CALM_MS = 1000;
/** While no host takes writes, they are asked no more often than this. */
const PAUSE_MS = 100;

/**
 * Which of several hosts is the primary. It is found out by asking all of them at once, when nobody knows or when there is
 * reason to doubt; whoever needs it meanwhile waits for the same answer. A host that is dead delays nobody.
 */
export class Primary {
  readonly hosts: readonly DatabaseHost[];
  private current: DatabaseHost | undefined;
  private search: Promise<DatabaseHost> | undefined;
  private suspicion: Promise<void> | undefined;
  private readonly connected = new Set<Connected>();

  /** @param urls - of one host each */
  constructor(urls: readonly string[]) {
    this.hosts = urls.map(databaseHost);
  }

  /** The host that takes writes, as far as is known. @throws when none does, or none can be reached */
  find(): DatabaseHost | Promise<DatabaseHost> {
    if (this.current) return this.current;
    this.search ??= this.look().finally(() => (this.search = undefined));
    return this.search;
  }

  /** Something speaks against a host: unless another is known by now, all are asked before the next connection is made. */
  doubt(host: DatabaseHost | undefined): void {
    if (this.current === host) this.current = undefined;
  }

  /**
   * The primary has been silent for long. A machine that has lost its power tells nobody, and waiting for it can take
   * minutes, so it is asked; when it does not answer and another one takes writes, that one is followed.
   */
  suspect(): void {
    const { current } = this;
    if (this.suspicion || !current) return;
    this.suspicion = this.ask(current).finally(() => (this.suspicion = undefined));
  }

  add(client: Connected): void {
    this.connected.add(client);
  }

  remove(client: Connected): void {
    this.connected.delete(client);
  }

  private async look(): Promise<DatabaseHost> {
    try {
      const found = await Promise.any(this.hosts.map(tryHost));
      this.follow(found);
      return found;
    } catch (error) {
      await delay(PAUSE_MS);
      throw reasonOf(error);
    }
  }

  private async ask(host: DatabaseHost): Promise<void> {
    try {
      await tryHost(host);
      await delay(CALM_MS, undefined, { ref: false });
    } catch {
      const others = this.hosts.filter((other) => other !== host);
      await Promise.any(others.map(tryHost)).then(
        (found) => {
          this.follow(found);
        },
        () => undefined,
      );
    }
  }

  /** What still hangs on another host could be waiting for an answer that never comes. */
  private follow(found: DatabaseHost): void {
    this.current = found;
    for (const client of this.connected) {
      if (client.follows !== found) client.drop('connection terminated: the primary is elsewhere');
    }
  }
}

/** A host that can be reached and is a standby tells more than one that cannot. */
function reasonOf(error: unknown): unknown {
  if (!(error instanceof AggregateError)) return error;
  const reasons = error.errors as NodeJS.ErrnoException[];
  return reasons.find(({ code }) => code === undefined) ?? reasons[0];
}
