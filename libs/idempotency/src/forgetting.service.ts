import {
  Inject,
  Injectable,
  Logger,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { Database, statement } from '#database';

/** Hours for which answers are remembered. */
export const KEEP_HOURS = Symbol('KEEP_HOURS');

const EVERY_MS = 60_000;
/** Rows of a transaction: short enough to be in nobody's way. */
const BATCH = 500;

/** Oldest first; rows that another replica is just deleting are left to it. */
const FORGET = statement(
  'idempotency.forget',
  `DELETE FROM idempotency_keys WHERE key IN (
     SELECT key FROM idempotency_keys
     WHERE created_datetime < now() - make_interval(hours => $1::integer)
     ORDER BY created_datetime
     LIMIT ${String(BATCH)}
     FOR UPDATE SKIP LOCKED)
   RETURNING key`,
);

/** Forgets remembered answers when their time is over, a few at a time, on every replica. */
@Injectable()
export class ForgettingService implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(ForgettingService.name);
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<number> | undefined;

  constructor(
    private readonly database: Database,
    @Inject(KEEP_HOURS) private readonly keepHours: number,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void this.tick(), EVERY_MS).unref();
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    this.timer = undefined;
    await this.running?.catch(() => undefined);
  }

  /** @returns how many were forgotten */
  async forget(): Promise<number> {
    let forgotten = 0;
    for (;;) {
      const { length } = await this.database.query(FORGET, [String(this.keepHours)]);
      forgotten += length;
      if (length < BATCH) return forgotten;
    }
  }

  private async tick(): Promise<void> {
    if (this.running) return;
    this.running = this.forget();
    try {
      await this.running;
    } catch (error) {
      // A database that is away makes itself felt elsewhere, too; the next tick tries again.
      this.logger.warn({ msg: 'remembered answers could not be forgotten', err: error });
    } finally {
      this.running = undefined;
    }
  }
}
