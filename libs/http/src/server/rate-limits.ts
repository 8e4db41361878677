import { isIP } from 'node:net';
import rateLimit, { normalizeIP } from '@fastify/rate-limit';
import { Logger } from '@nestjs/common';
import { addressLimited, callerLimited, type CodedError } from '#errors';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { knownCallerOf, type RateLimit, type RateLimits } from './guard-requests.js';

/** The limits are for a minute, which begins with the first request that is counted. */
const WINDOW_MS = 60_000;

export interface RateLimitOptions {
  /** How many requests a caller may send in a minute; 0: as many as it likes. */
  readonly rateLimitPerMinute: number;
  /** How many requests with wrong credentials may come from an address in a minute; 0: as many as like. */
  readonly failedAuthPerMinute: number;
}

type Count = ReturnType<FastifyInstance['createRateLimit']>;

/**
 * Counts requests in the memory of this process. Of callers, and of addresses, the last 5000 are remembered; a limit that is
 * off does not exist.
 */
export async function rateLimits(
  fastify: FastifyInstance,
  { rateLimitPerMinute, failedAuthPerMinute }: RateLimitOptions,
): Promise<RateLimits> {
  if (rateLimitPerMinute === 0 && failedAuthPerMinute === 0) return {};
  await fastify.register(rateLimit, { global: false, timeWindow: WINDOW_MS });
  const logger = new Logger('RateLimit');
  const limit = (
    max: number,
    keyGenerator: (request: FastifyRequest) => string,
    refusal: (seconds: number) => CodedError,
    onSpent?: (request: FastifyRequest) => void,
  ): RateLimit | undefined =>
    max === 0
      ? undefined
      : limitOf(fastify.createRateLimit({ max, keyGenerator }), refusal, onSpent);
  return {
    ofCallers: limit(rateLimitPerMinute, subjectOf, callerLimited),
    ofFailures: limit(failedAuthPerMinute, networkOf, addressLimited, ({ ip, id }) => {
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
