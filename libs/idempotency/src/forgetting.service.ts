import { Inject, Injectable } from '@nestjs/common';
import { Database, RepeatedWork, statement } from '#database';

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
export class ForgettingService extends RepeatedWork {
  constructor(
    private readonly database: Database,
    @Inject(KEEP_HOURS) private readonly keepHours: number,
  ) {
    super(EVERY_MS, 'remembered answers could not be forgotten');
  }

  /** @returns how many were forgotten */
  async work(): Promise<number> {
    let forgotten = 0;
    for (;;) {
      const { length } = await this.database.query(FORGET, [String(this.keepHours)]);
      forgotten += length;
      if (length < BATCH) return forgotten;
    }
  }
}
