import type { Call, Caller } from '../support/caller.js';
import { median } from '../support/median.js';

const IN_A_ROW = 50;
/** By how much a request may still be slower than it was before. */
const SLOWER = 2;
const PATIENCE_SECONDS = 60;

/** How long requests take that are sent one after the other: the median, in milliseconds. Infinite when one of them fails. */
export async function usualMs(caller: Caller, calls: readonly Call[]): Promise<number> {
  const times: number[] = [];
  for (const call of calls.slice(0, IN_A_ROW)) {
    const start = performance.now();
    const { status } = await caller.send(call);
    if (status !== 200) return Infinity;
    times.push(performance.now() - start);
  }
  return median(times);
}

/** How long it takes until requests are answered as they were before, in seconds; infinite when that takes a minute. */
export async function secondsUntilUsual(
  caller: Caller,
  calls: readonly Call[],
  before: number,
): Promise<number> {
  const start = performance.now();
  const elapsed = (): number => (performance.now() - start) / 1000;
  while (elapsed() < PATIENCE_SECONDS) {
    const begin = elapsed();
    if ((await usualMs(caller, calls)) <= SLOWER * before) return begin;
  }
  return Infinity;
}
