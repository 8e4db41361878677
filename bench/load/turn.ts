import type { Call } from '../support/caller.js';

/** What the load generator is told to do for some seconds. */
export interface Turn {
  readonly url: string;
  /** Sent with every request. */
  readonly headers: Readonly<Record<string, string>>;
  readonly connections: number;
  readonly seconds: number;
  /** Each connection repeats its share of them: no two ask for the same at once, unless there are fewer calls. */
  readonly calls: readonly Call[];
  /** Every request gets an `Idempotency-Key` of its own. */
  readonly keyed: boolean;
}

/** What came of it; times in milliseconds. */
export interface Outcome {
  readonly requestsPerSecond: number;
  readonly p50: number;
  readonly p99: number;
  /** Why it is not to be trusted: every answer that was no success, and every connection that broke. */
  readonly failure?: string;
}
