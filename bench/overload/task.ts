import type { Call } from '../support/caller.js';

/** What the generator is told to do for some seconds. */
export interface Task {
  readonly url: string;
  readonly seconds: number;
  /** Sent one after the other, again and again. */
  readonly calls: readonly Call[];
  /** How many connections it may have. */
  readonly connections: number;
  /** Requests a second, whether those before are answered or not; absent: on each connection the next when the last is answered. */
  readonly rate?: number;
}

/** What came of it. */
export interface Tally {
  readonly seconds: number;
  /** Answers by status. */
  readonly statuses: Readonly<Record<string, number>>;
  /** Requests whose connection was closed before they were answered. */
  readonly broken: number;
  /** Requests that were due and were not sent: each connection had one under way. */
  readonly unsent: number;
  /** Of answers that were successes, in milliseconds. */
  readonly p50: number;
  readonly p99: number;
  /** Of refusals. */
  readonly refusalP50: number;
}
