import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { rawGet, type RawAnswer } from '../support/raw-get.js';
import { openSocket } from '../support/raw-socket.js';
import { Records } from '../support/records.js';
import { startService, type TestService } from '../support/service.js';

const STRICT = "default-src 'none'; frame-ancestors 'none'";
/** What every answer has, whatever it is. */
const ALWAYS = {
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'x-request-id': expect.any(String),
};

let service: TestService;
let record: string;
beforeAll(async () => {
  service = await startService();
  const { project_id: id } = await new Records(service.http).project();
  record = `/projects/id/${String(id)}`;
});
afterAll(() => service.stop());

function ask(path: string, headers = {}, method = 'GET'): Promise<RawAnswer> {
  return rawGet(service.http.url, path, headers, method);
}

describe('every answer has the headers of an API that is no page, and no banner', () => {
  it.each<[number, string, string, Record<string, string>]>([
    [200, 'GET', '/health', {}],
    [200, 'GET', '/projects/all', {}],
    [200, 'HEAD', '/projects/all', {}],
    [200, 'GET', '/openapi.json', {}],
    [302, 'GET', '/', {}],
    [204, 'OPTIONS', '/projects', {}],
    [400, 'GET', '/projects/id/%zz', {}],
    [400, 'POST', '/projects', { 'content-type': 'application/json' }],
    [404, 'GET', '/projects/id/nobody', {}],
    [404, 'GET', '/nowhere', {}],
    [404, 'PROPFIND', '/nowhere', {}],
    [405, 'PUT', '/projects', {}],
    [415, 'POST', '/projects', { 'content-type': 'text/csv', 'content-length': '0' }],
    [422, 'GET', '/projects/all?limit=none', {}],
  ])('%i: %s %s', async (status, method, path, headers) => {
    const answer = await ask(path, headers, method);
    expect(answer).toMatchObject({
      status,
      headers: { ...ALWAYS, 'content-security-policy': STRICT, 'cache-control': 'no-store' },
    });
    expect(Object.keys(answer.headers)).not.toContain('server');
    expect(Object.keys(answer.headers)).not.toContain('x-powered-by');
  });

  it.each([
    [400, 'what is no HTTP', 'HELLO'],
    [400, 'no Host', 'GET /health HTTP/1.1\r\nConnection: close'],
    [
      417,
      'what nobody can expect',
      'GET /health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nExpect: miracles',
    ],
    [
      431,
      'a header that is too long',
      `GET / HTTP/1.1\r\nHost: localhost\r\nX-Long: ${'x'.repeat(70_000)}`,
    ],
  ])('%i: %s', async (status, _what, head) => {
    const { answer } = await openSocket(service.http.url, head, '');
    const [start = '', ...lines] = (await answer).split('\r\n\r\n')[0]?.split('\r\n') ?? [];
    expect(start).toContain(`HTTP/1.1 ${String(status)} `);
    expect(Object.fromEntries(lines.map((line) => line.split(': ')))).toMatchObject({
      ...ALWAYS,
      'content-security-policy': STRICT,
      'cache-control': 'no-store',
    });
  });
});

describe('a record', () => {
  it('may be kept by the client alone, and used after asking whether it has changed', async () => {
    const { headers } = await ask(record);
    expect(headers).toMatchObject({ ...ALWAYS, 'cache-control': 'private, no-cache' });
    const same = await ask(record, { 'if-none-match': String(headers['etag']) });
    expect(same.status).toBe(304);
    expect(same.headers).toMatchObject({
      ...ALWAYS,
      'cache-control': 'private, no-cache',
      'content-security-policy': STRICT,
      etag: headers['etag'],
    });
  });
});

describe('/docs', () => {
  it.each(['/docs', '/docs/swagger-ui-init.js', '/docs/swagger-ui.css', '/docs/no-such-file'])(
    '%s has a policy with which Swagger UI works, and all other headers',
    async (path) => {
      const { headers } = await ask(path);
      expect(headers).toMatchObject(ALWAYS);
      const policy = String(headers['content-security-policy']).split('; ');
      expect(policy).toEqual(
        expect.arrayContaining([
          "default-src 'none'",
          "script-src 'self'",
          "connect-src 'self'",
          "frame-ancestors 'none'",
        ]),
      );
    },
  );

  it('has no script in the page, which that policy would forbid', async () => {
    const { text } = await ask('/docs');
    const scripts = [...text.matchAll(/<script([^>]*)>(.*?)<\/script>/gs)];
    expect(scripts.length).toBeGreaterThan(2);
    for (const [, attributes, code = ''] of scripts) {
      expect(attributes).toMatch(/ src="\.\/docs\/[\w.-]+"/);
      expect(code.trim()).toBe('');
    }
    expect(text).not.toMatch(/\son\w+=|javascript:/i);
  });

  it('loads what an issuer of access tokens says of itself, and lets its window answer', async () => {
    const oidc = {
      issuer: 'https://id.example.com/realms/ml',
      audience: 'modeldb',
      algorithms: ['RS256'],
      groupsClaim: 'groups',
      viewers: [],
      editors: [],
      admins: [],
      clockSkewSeconds: 30,
    };
    await using closed = await startService({ isOpen: false, oidc });
    const [docs, other] = [await closed.http.get('/docs'), await closed.http.get('/health')];
    expect(docs.headers.get('content-security-policy')).toContain(
      "; connect-src 'self' https://id.example.com; ",
    );
    expect(docs.headers.get('cross-origin-opener-policy')).toBe('unsafe-none');
    const back = await rawGet(closed.http.url, '/oauth2-redirect.html');
    expect(back.headers['cross-origin-opener-policy']).toBe('unsafe-none');
    expect(other.headers.get('content-security-policy')).toBe(STRICT);
    expect(other.headers.get('cross-origin-opener-policy')).toBe('same-origin');
  });

  it('tells no validator elsewhere where the service is', async () => {
    expect((await ask('/docs/swagger-ui-init.js')).text).toContain('"validatorUrl": null');
  });
});
