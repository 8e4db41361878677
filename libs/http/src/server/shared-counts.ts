import type { FastifyRequest } from 'fastify';

/** What is counted: requests of a caller, or wrong credentials from an address. */
export type LimitName = 'callers' | 'failures';

/** How many there were in the window, and in how many milliseconds it ends. */
export interface Counted {
  readonly current: number;
  readonly ttl: number;
}

/** Counts requests for several processes. @param adds - whether there is one more, or it is only looked up */
export type SharedCounts = (
  limit: LimitName,
  key: string,
  windowMs: number,
  adds: boolean,
) => Promise<Counted>;

/** How a request stands with a limit; as the rate limits' plugin has it, which counts in this process. */
export type Standing =
  | { readonly isAllowed: true }
  | {
      readonly isAllowed: false;
      readonly max: number;
      readonly remaining: number;
      readonly ttlInSeconds: number;
      readonly isExceeded: boolean;
    };

/** Counts a request, or with `increment: false` only looks up. */
export type Count = (
  request: FastifyRequest,
  options?: { readonly increment?: boolean },
) => Promise<Standing>;

interface SharedLimit {
  readonly name: LimitName;
  readonly max: number;
  readonly windowMs: number;
  readonly keyOf: (request: FastifyRequest) => string;
}

/** Counts as the plugin does, but for all processes together. */
export function sharedCount(
  counts: SharedCounts,
  { name, max, windowMs, keyOf }: SharedLimit,
): Count {
  return async (request, { increment = true } = {}) => {
    const { current, ttl } = await counts(name, keyOf(request), windowMs, increment);
    return {
      isAllowed: false,
      max,
      remaining: Math.max(0, max - current),
      ttlInSeconds: Math.ceil(ttl / 1000),
      isExceeded: current > max,
    };
  };
}
