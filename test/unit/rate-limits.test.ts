import { beforeAll, describe, expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { createAdapter, rateLimits, type RateLimitOptions } from '#http';

/** What the library remembers at most. */
const REMEMBERED = 5000;

async function limitsOf(options: RateLimitOptions) {
  const adapter = { maxBodyBytes: 1000, requestTimeoutMs: 60_000, trustedProxies: [] };
  return rateLimits(createAdapter(adapter).getInstance(), options);
}

type Limit = NonNullable<Awaited<ReturnType<typeof limitsOf>>['ofFailures']>;

/** Counts a request from an address. @returns how many are left */
async function take(limit: Limit | undefined, ip: string | undefined): Promise<string> {
  let remaining = '';
  const request = { ip, routeOptions: {} };
  const reply = {
    headers: (headers: Record<string, string>) =>
      (remaining = headers['ratelimit-remaining'] ?? ''),
  };
  await limit?.take(...([request, reply] as unknown as Parameters<Limit['take']>));
  return remaining;
}

describe('rate limits', () => {
  beforeAll(() => {
    Logger.overrideLogger(false);
  });

  it('are not there when they are off', async () => {
    expect(await limitsOf({ rateLimitPerMinute: 0, failedAuthPerMinute: 0 })).toEqual({});
    const one = await limitsOf({ rateLimitPerMinute: 1, failedAuthPerMinute: 0 });
    expect([typeof one.ofCallers, one.ofFailures]).toEqual(['object', undefined]);
  });

  it('say what is left', async () => {
    const { ofFailures } = await limitsOf({ rateLimitPerMinute: 0, failedAuthPerMinute: 2 });
    expect(await take(ofFailures, '192.0.2.1')).toBe('1');
    expect(await take(ofFailures, '192.0.2.1')).toBe('0');
    await expect(take(ofFailures, '192.0.2.1')).rejects.toMatchObject({
      code: 'RATE_LIMITED',
      retryAfter: 60,
    });
  });

  it('take connections that are gone for one address', async () => {
    const { ofFailures } = await limitsOf({ rateLimitPerMinute: 0, failedAuthPerMinute: 9 });
    expect(await take(ofFailures, undefined)).toBe('8');
    expect(await take(ofFailures, 'unknown')).toBe('7');
  });

  it('need no more memory the more addresses there are', async () => {
    const { ofFailures } = await limitsOf({ rateLimitPerMinute: 0, failedAuthPerMinute: 9 });
    await take(ofFailures, '192.0.2.1');
    for (let n = 1; n < REMEMBERED; n += 1)
      await take(ofFailures, `2001:db8:0:${n.toString(16)}::`);
    expect(await take(ofFailures, '192.0.2.1')).toBe('7');
    for (let n = 0; n < REMEMBERED; n += 1)
      await take(ofFailures, `2001:db8:1:${n.toString(16)}::`);
    expect(await take(ofFailures, '192.0.2.1')).toBe('8');
  });
});
