import { Logger } from '@nestjs/common';
import { databaseBusy, databaseUnavailable } from '#errors';
import { connectionWaits, NowAndThen } from '#telemetry';
import pg, { type Pool, type PoolClient } from 'pg';
import type { DataSource } from 'typeorm';
import type { PoolSettings } from './connection-options.js';
import { HostLost } from './primary/following-client.js';
import { SilenceWatch, socketOf } from './silence-watch.js';
import type { Statement } from './statement.js';
import { runText, type ReadOptions, type Result } from './text-query.js';
import type { Value } from './value.js';

/**
 * After these a connection is as good as before: a broken constraint, a value that cannot be kept, a lost race, a statement
 * that was cancelled. After any other error a new one is made, which cannot be wrong.
 */
const HARMLESS = /^(?:2[23]|40|54|57014)/;

/** Said aloud: with any other level, which a database can have as its default, a statement sees only what the first one saw. */
const BEGIN = 'BEGIN ISOLATION LEVEL READ COMMITTED';

/** How much a pool has to do. */
export interface PoolLoad {
  /** Connections that are lent. */
  readonly busy: number;
  readonly idle: number;
  readonly max: number;
  /** Those in line, and how many may be. */
  readonly waiting: number;
  readonly maxWaiting: number;
}

/**
 * The connections of a pool, lent for one piece of work at a time. Who finds all of them busy waits in line; who finds the
 * line full is told so at once, because a line that grows makes everybody wait and nobody faster.
 */
export class Connections {
  private readonly pool: Pool;
  private readonly name: string;
  /** How often work is begun that PostgreSQL undoes for the sake of others. */
  readonly attempts: number | undefined;
  private readonly queueSize: number;
  private readonly watch: SilenceWatch;
  private readonly settings: Statement | undefined;
  private readonly preparesStatements: boolean;
  private readonly logger = new Logger('Database');
  private readonly listened = new WeakSet<PoolClient>();
  private readonly refusals = new NowAndThen((count) => {
    const msg = 'too much waits for a connection: more is refused';
    this.logger.warn({ msg, pool: this.name, refused: count });
  });

  constructor(dataSource: DataSource) {
    this.pool = (dataSource.driver as unknown as { master: Pool }).master;
    const { extra } = dataSource.options as unknown as { extra: PoolSettings };
    this.name = extra.poolName;
    this.queueSize = extra.queueSize;
    this.attempts = extra.attempts;
    this.watch = new SilenceWatch(extra.silenceMs, () => extra.primary?.suspect());
    this.settings = extra.settings;
    this.preparesStatements = extra.preparesStatements;
  }

  get load(): PoolLoad {
    const { waitingCount, idleCount, totalCount, options } = this.pool;
    return {
      busy: totalCount - idleCount,
      idle: idleCount,
      max: options.max,
      waiting: waitingCount,
      maxWaiting: this.queueSize,
    };
  }

  /** How many are in line. */
  get waiting(): number {
    return this.pool.waitingCount;
  }

  /** Whether nobody may get in line. Some of those in it may be about to get a connection that is idle, or not even made yet. */
  get isFull(): boolean {
    const { waitingCount, idleCount, totalCount, options } = this.pool;
    return waitingCount >= this.queueSize + idleCount + options.max - totalCount;
  }

  /**
   * Does the work on a connection that is its own until it ends.
   * @throws CodedError when none can be had; and whatever the work throws
   */
  async use<Result>(work: (client: PoolClient) => Promise<Result>): Promise<Result> {
    const client = await this.lend();
    this.listenTo(client);
    this.watch.begin(client);
    let isSound = false;
    try {
      const result = await work(client);
      // Where the answer was cut off, there is no connection any more.
      isSound = !socketOf(client).destroyed;
      return result;
    } catch (error) {
      // One that is closed takes an open transaction with it.
      isSound = isHarmless(error) && client.getTransactionStatus() === 'I';
      throw error;
    } finally {
      this.watch.end(client);
      client.release(!isSound);
    }
  }

  /** Runs a statement on a connection that is lent. @throws what the driver throws */
  run<Row extends object>(
    client: PoolClient,
    statement: Statement,
    values: readonly Value[],
    options: ReadOptions = {},
  ): Promise<Result<Row>> {
    const { settings, preparesStatements } = this;
    return runText(client, statement, values, { ...options, settings, preparesStatements });
  }

  /** Begins a transaction on a connection that is lent. */
  async begin(client: PoolClient): Promise<void> {
    await client.query(this.settings ? `${BEGIN}; ${this.settings.text}` : BEGIN);
  }

  private async lend(): Promise<PoolClient> {
    if (this.isFull) {
      this.refusals.note();
      throw databaseBusy();
    }
    const start = performance.now();
    try {
      const client = await this.pool.connect().catch(this.connectAgain);
      connectionWaits.of(this.name).observe((performance.now() - start) / 1000);
      return client;
    } catch (error) {
      // Whatever it was, a password that was changed too: nothing has been done, and it is not the request's fault.
      throw databaseUnavailable(error);
    }
  }

  /** A connection that is lost says so here as well as to the statement that is running, or to the next one. */
  private listenTo(client: PoolClient): void {
    if (this.listened.has(client)) return;
    this.listened.add(client);
    client.on('error', ignore);
  }

  /** Once more where the primary is no longer where it was: it is looked for then. */
  private readonly connectAgain = (error: unknown): Promise<PoolClient> => {
    if (error instanceof HostLost) return this.pool.connect();
    throw error;
  };
}

function isHarmless(error: unknown): boolean {
  return error instanceof pg.DatabaseError && HARMLESS.test(error.code ?? '');
}

function ignore(): void {
  // See where it is used.
}
