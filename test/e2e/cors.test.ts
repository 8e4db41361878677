import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { rawGet, type RawAnswer } from '../support/raw-get.js';
import { startService, type TestService } from '../support/service.js';

const ADMIN_KEY = 'an-administrator-key-of-40-characters-00';
const KNOWN = { authorization: `Bearer ${ADMIN_KEY}` };
const PAGE = 'https://app.example.com';
const PREFLIGHT = {
  'access-control-request-method': 'PATCH',
  'access-control-request-headers': 'authorization,content-type,if-match',
};

let without: TestService;
let listing: TestService;
beforeAll(async () => {
  const closed = { isOpen: false, adminKey: ADMIN_KEY };
  without = await startService(closed);
  listing = await startService({ ...closed, corsOrigins: [PAGE, 'http://localhost:3000'] });
});
afterAll(async () => {
  await without.stop();
  await listing.stop();
});

function ask(service: TestService, path: string, headers = {}, method = 'GET'): Promise<RawAnswer> {
  return rawGet(service.http.url, path, headers, method);
}

const corsHeaders = ({ headers }: RawAnswer): string[] =>
  Object.keys(headers).filter((name) => /^(?:access-control-|vary$)/.test(name));

describe('without CORS_ORIGINS', () => {
  it.each(['GET', 'OPTIONS'])('%s allows no other origin anything', async (method) => {
    const headers = { ...KNOWN, origin: PAGE, ...PREFLIGHT };
    const answer = await ask(without, '/projects/all', headers, method);
    expect(answer.status).toBe(method === 'GET' ? 200 : 204);
    expect(corsHeaders(answer)).toEqual([]);
  });
});

describe('with CORS_ORIGINS', () => {
  it.each([PAGE, 'http://localhost:3000'])('a page of %s can read answers', async (origin) => {
    for (const [path, headers, status] of [
      ['/projects/all', KNOWN, 200],
      ['/projects/id/nobody', KNOWN, 404],
      ['/nowhere', {}, 404],
      ['/projects/all', {}, 401],
      ['/projects/all', { authorization: 'Bearer wrong' }, 401],
    ] as const) {
      expect(await ask(listing, path, { ...headers, origin })).toMatchObject({
        status,
        headers: {
          'access-control-allow-origin': origin,
          'access-control-expose-headers':
            'ETag, Idempotency-Replayed, Link, RateLimit-Limit, RateLimit-Remaining, RateLimit-Reset, Retry-After, X-Request-Id',
          vary: 'Origin',
        },
      });
    }
  });

  it.each(['/projects/id/x', '/auth/keys', '/nowhere'])(
    'a preflight of %s is told what may be sent, before anybody asks for a key',
    async (path) => {
      const answer = await ask(listing, path, { origin: PAGE, ...PREFLIGHT }, 'OPTIONS');
      expect(answer).toMatchObject({
        status: 204,
        headers: {
          'access-control-allow-origin': PAGE,
          'access-control-allow-methods': 'GET, HEAD, POST, PATCH, DELETE',
          'access-control-allow-headers':
            'Authorization, Content-Type, Idempotency-Key, If-Match, If-None-Match, X-API-Key, X-Request-Id',
          'access-control-max-age': '600',
          vary: 'Origin',
          'x-content-type-options': 'nosniff',
          'x-request-id': expect.any(String),
        },
      });
      expect(answer.headers).not.toHaveProperty('access-control-allow-credentials');
    },
  );

  it.each([
    'https://evil.example.com',
    `${PAGE}.evil.example`,
    'http://app.example.com',
    'https://APP.example.com',
    'null',
  ])('a page of %s is allowed nothing', async (origin) => {
    for (const method of ['GET', 'OPTIONS']) {
      const headers = { ...KNOWN, origin, ...PREFLIGHT };
      const answer = await ask(listing, '/projects/all', headers, method);
      // Caches have to know that another origin is answered otherwise.
      expect(corsHeaders(answer)).toEqual(['vary']);
      expect(answer.headers['vary']).toBe('Origin');
    }
  });

  it('OPTIONS of no page tells the methods, as it does without', async () => {
    for (const service of [without, listing]) {
      const { status, headers } = await ask(service, '/projects', {}, 'OPTIONS');
      expect([status, headers['allow']]).toEqual([204, 'OPTIONS, POST']);
      expect((await ask(service, '/nowhere', {}, 'OPTIONS')).status).toBe(404);
    }
  });

  it('an OPTIONS that is no preflight is no error', async () => {
    const { status } = await ask(listing, '/projects', { origin: PAGE }, 'OPTIONS');
    expect(status).toBe(204);
  });

  // The configuration refuses the two together; the gate does not rely on that.
  it('a page is refused while nobody has to say who they are', async () => {
    await using open = await startService({ corsOrigins: [PAGE] });
    const { status, text } = await ask(open, '/projects/all', { origin: PAGE });
    expect([status, text]).toEqual([403, expect.stringContaining('ORIGIN_REFUSED')]);
  });
});
