import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { rawGet, type RawAnswer } from '../support/raw-get.js';
import { startService, type TestService } from '../support/service.js';

const PAGE = 'https://app.example.com';
const PREFLIGHT = {
  'access-control-request-method': 'PATCH',
  'access-control-request-headers': 'content-type,if-match',
};

let closed: TestService;
let open: TestService;
beforeAll(async () => {
  closed = await startService();
  open = await startService({ corsOrigins: [PAGE, 'http://localhost:3000'] });
});
afterAll(async () => {
  await closed.stop();
  await open.stop();
});

function ask(service: TestService, path: string, headers = {}, method = 'GET'): Promise<RawAnswer> {
  return rawGet(service.http.url, path, headers, method);
}

const corsHeaders = ({ headers }: RawAnswer): string[] =>
  Object.keys(headers).filter((name) => /^(?:access-control-|vary$)/.test(name));

describe('without CORS_ORIGINS', () => {
  it.each(['GET', 'OPTIONS'])('%s allows no other origin anything', async (method) => {
    const answer = await ask(closed, '/projects/all', { origin: PAGE, ...PREFLIGHT }, method);
    expect(answer.status).toBe(method === 'GET' ? 200 : 204);
    expect(corsHeaders(answer)).toEqual([]);
  });
});

describe('with CORS_ORIGINS', () => {
  it.each([PAGE, 'http://localhost:3000'])('a page of %s can read answers', async (origin) => {
    for (const path of ['/projects/all', '/projects/id/nobody', '/nowhere']) {
      expect((await ask(open, path, { origin })).headers).toMatchObject({
        'access-control-allow-origin': origin,
        'access-control-expose-headers':
          'ETag, Idempotency-Replayed, Link, Retry-After, X-Request-Id',
        vary: 'Origin',
      });
    }
  });

  it('a preflight is told what may be sent, with the headers of every answer', async () => {
    const path = '/projects/id/x';
    const answer = await ask(open, path, { origin: PAGE, ...PREFLIGHT }, 'OPTIONS');
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
  });

  it.each([
    'https://evil.example.com',
    `${PAGE}.evil.example`,
    'http://app.example.com',
    'https://APP.example.com',
    'null',
  ])('a page of %s is allowed nothing', async (origin) => {
    for (const method of ['GET', 'OPTIONS']) {
      const answer = await ask(open, '/projects/all', { origin, ...PREFLIGHT }, method);
      // Caches have to know that another origin is answered otherwise.
      expect(corsHeaders(answer)).toEqual(['vary']);
      expect(answer.headers['vary']).toBe('Origin');
    }
  });

  it('OPTIONS of no page tells the methods, as it does without', async () => {
    for (const service of [closed, open]) {
      const { status, headers } = await ask(service, '/projects', {}, 'OPTIONS');
      expect([status, headers['allow']]).toEqual([204, 'OPTIONS, POST']);
      expect((await ask(service, '/nowhere', {}, 'OPTIONS')).status).toBe(404);
    }
  });

  it('an OPTIONS that is no preflight is no error', async () => {
    const { status } = await ask(open, '/projects', { origin: PAGE }, 'OPTIONS');
    expect(status).toBe(204);
  });
});
