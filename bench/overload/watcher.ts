import { setTimeout as delay } from 'node:timers/promises';
import { Caller } from '../support/caller.js';
import type { Program } from '../support/program.js';

/** What the watched routes and the kernel have said of a service. */
export interface Sightings {
  /** Questions that were not answered 200. */
  unhealthy: number;
  asked: number;
  /** The longest that an answer took, in milliseconds. */
  slowestMs: number;
  /** Resident memory, in MiB, each second. */
  readonly residentMiB: number[];
}

const EVERY_MS = 1000;
const ROUTES = ['/health/live', '/health/ready', '/metrics'];

/** Looks after a service while something happens to it, as a cluster would. */
export async function watchDuring<Result>(
  service: Program,
  work: Promise<Result>,
): Promise<[Result, Sightings]> {
  const seen: Sightings = { unhealthy: 0, asked: 0, slowestMs: 0, residentMiB: [] };
  const caller = new Caller(service.url);
  const ended = new AbortController();
  const result = work.finally(() => {
    ended.abort();
  });
  while (!ended.signal.aborted) {
    for (const path of ROUTES) {
      const start = performance.now();
      const answer = await caller.send({ method: 'GET', path }).catch(() => undefined);
      seen.asked += 1;
      if (answer?.status !== 200) seen.unhealthy += 1;
      seen.slowestMs = Math.max(seen.slowestMs, performance.now() - start);
    }
    seen.residentMiB.push(await service.residentMiB());
    await delay(EVERY_MS, undefined, { signal: ended.signal }).catch(() => undefined);
  }
  caller.close();
  return [await result, seen];
}
