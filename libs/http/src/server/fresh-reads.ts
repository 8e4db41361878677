import type { FastifyInstance, FastifyRequest } from 'fastify';
import { LRUCache } from 'lru-cache';
import { callerOf } from './guard-requests.js';
import { needsOf } from './policy.js';

/** Callers whose last write is remembered; of any more, those that have not written for longest are forgotten. */
const REMEMBERED_CALLERS = 10_000;
const NO_CACHE = /(?:^|[\s,])no-(?:cache|store)(?:$|[\s,=])/i;
const MAX_AGE = /(?:^|[\s,])max-age="?(\d{1,9})/i;

const FRESH = Symbol('fresh');
type Reading = FastifyRequest & { [FRESH]?: number };

/**
 * Lets requests say how fresh their answer has to be, where replicas answer some: by `Cache-Control: no-cache` or
 * `max-age=<seconds>`, as for any cache. Callers that have written by way of this process see what they wrote in any case.
 * To be called after the gate was set up, and before routes are added.
 */
export function keepReadsFresh(fastify: FastifyInstance): void {
  const writes = new LRUCache<string, number>({ max: REMEMBERED_CALLERS });
  fastify.addHook('onRequest', (request: Reading, _reply, done) => {
    const written = writes.get(callerOf(request)?.subject ?? '') ?? -Infinity;
    request[FRESH] = Math.max(written, asked(request.headers['cache-control'] ?? ''));
    done();
  });
  fastify.addHook('onSend', (request, _reply, payload, done) => {
    const caller = callerOf(request);
    if (caller && mayWrite(request)) writes.set(caller.subject, performance.now());
    done(null, payload);
  });
}

/** Until when an answer has to hold everything that was written, in milliseconds of `performance.now()`. */
export function freshnessOf(request: Reading): number {
  return request[FRESH] ?? -Infinity;
}

function asked(cacheControl: string): number {
  if (NO_CACHE.test(cacheControl)) return Infinity;
  const seconds = MAX_AGE.exec(cacheControl)?.[1];
  if (seconds === undefined) return -Infinity;
  return seconds === '0' ? Infinity : performance.now() - Number(seconds) * 1000;
}

/** A search is a POST, too, but serves viewers, who change nothing. */
function mayWrite(request: FastifyRequest): boolean {
  return !/^(?:GET|HEAD|OPTIONS)$/.test(request.method) && needsOf(request) !== 'viewer';
}
