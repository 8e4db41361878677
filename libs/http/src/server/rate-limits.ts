import { isIP } from 'node:net';
import rateLimit, { normalizeIP } from '@fastify/rate-limit';
import { Logger } from '@nestjs/common';
import { addressLimited, callerLimited, type CodedError } from '#errors';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { knownCallerOf, type RateLimit, type RateLimits } from './guard-requests.js';
import { sharedCount, type Count, type LimitName, type SharedCounts } from './shared-counts.js';

/** The limits are for a minute, which begins with the first request that is counted. */
const WINDOW_MS = 60_000;

export interface RateLimitOptions {
  /** How many requests a caller may send in a minute; 0: as many as it likes. */
  readonly rateLimitPerMinute: number;
  /** How many requests with wrong credentials may come from an address in a minute; 0: as many as like. */
  readonly failedAuthPerMinute: number;
  /** Counts for the workers of a service; absent: this process counts for itself. */
  readonly sharedCounts?: SharedCounts;
}

/**
 * Counts requests in the memory of this process, or of the one that counts for all workers. Of callers, and of addresses, the last 5000 are remembered; a limit that is
 * off does not exist.
 */
export async function rateLimits(
  fastify: FastifyInstance,
  { rateLimitPerMinute, failedAuthPerMinute, sharedCounts }: RateLimitOptions,
): Promise<RateLimits> {
  if (rateLimitPerMinute === 0 && failedAuthPerMinute === 0) return {};
  if (!sharedCounts) await fastify.register(rateLimit, { global: false, timeWindow: WINDOW_MS });
  const logger = new Logger('RateLimit');
  const countOf = (
    name: LimitName,
    max: number,
    keyOf: (request: FastifyRequest) => string,
  ): Count =>
    sharedCounts
      ? sharedCount(sharedCounts, { name, max, windowMs: WINDOW_MS, keyOf })
      : fastify.createRateLimit({ max, keyGenerator: keyOf });
  const limit = (
    name: LimitName,
    max: number,
    keyOf: (request: FastifyRequest) => string,
    refusal: (seconds: number) => CodedError,
    onSpent?: (request: FastifyRequest) => void,
  ): RateLimit | undefined =>
    max === 0 ? undefined : limitOf(countOf(name, max, keyOf), refusal, onSpent);
  return {
    ofCallers: limit('callers', rateLimitPerMinute, subjectOf, callerLimited),
    ofFailures: limit('failures', failedAuthPerMinute, networkOf, addressLimited, ({ ip, id }) => {
      const msg = 'an address has sent as many wrong credentials as it may in a minute';
      logger.warn({ msg, address: ip, request_id: id });
    }),
  };
}

function limitOf(
  count: Count,
  refusal: (seconds: number) => CodedError,
  onSpent?: (request: FastifyRequest) => void,
): RateLimit {
  return {
    async take(request, reply) {
      const standing = await count(request);
      if (standing.isAllowed) return;
      const { max, remaining, ttlInSeconds, isExceeded } = standing;
      void reply.headers({
        'ratelimit-limit': String(max),
        'ratelimit-remaining': String(remaining),
        'ratelimit-reset': String(ttlInSeconds),
      });
      if (isExceeded) throw refusal(ttlInSeconds);
      if (remaining === 0) onSpent?.(request);
    },
    async isSpent(request) {
      const standing = await count(request, { increment: false });
      return !standing.isAllowed && standing.remaining === 0;
    },
  };
}

function subjectOf(request: FastifyRequest): string {
  return knownCallerOf(request).subject;
}

/**
 * An IPv4 address, or the /64 that an IPv6 one is in: whoever has one of those has them all. A connection that is gone
 * already has none.
 */
function networkOf({ ip }: FastifyRequest): string {
  return isIP(ip) === 0 ? '' : normalizeIP(ip);
}
