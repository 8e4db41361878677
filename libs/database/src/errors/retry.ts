import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { retries } from '#telemetry';

/**
 * Deadlock and serialisation failure: PostgreSQL undid the work, doing it again is right. So it is where a server takes no writes
 * any more: nothing was done, and the next connection may lead to the one that does.
 */
const RETRYABLE = /^(?:40(?:P01|001)|25006)$/;
const ATTEMPTS = 6;
const BASE_DELAY_MS = 5;

/** Runs the work again when PostgreSQL asks for that; bounded, with exponential back-off and full jitter. */
export async function retrying<Result>(
  work: () => Promise<Result>,
  attempts = ATTEMPTS,
): Promise<Result> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (attempt === attempts || !isRetryable(error)) throw error;
      retries.inc({ sqlstate: (error as pg.DatabaseError).code ?? '' });
      await delay(Math.random() * BASE_DELAY_MS * 2 ** attempt);
    }
  }
}

/** Whether the work failed only because of what others did at the same time. */
export function isRetryable(error: unknown): boolean {
  return error instanceof pg.DatabaseError && RETRYABLE.test(error.code ?? '');
}
