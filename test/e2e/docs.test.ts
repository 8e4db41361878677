import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { rawGet } from '../support/raw-get.js';
import { startService, type TestService } from '../support/service.js';

let service: TestService;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

/** What a refusal has to say: the status, in the answer and in its body, and the code. */
async function refusal(path: string, headers: Record<string, string> = {}): Promise<unknown[]> {
  const { status, headers: answered, text } = await rawGet(service.http.url, path, headers);
  const problem = JSON.parse(text) as { status: number; code: string };
  expect(answered['content-type']).toMatch(/^application\/problem\+json/);
  expect(problem.status).toBe(status);
  return [status, problem.code];
}

it('/ leads to /docs', async () => {
  const { status, headers } = await rawGet(service.http.url, '/');
  expect([status, headers['location']]).toEqual([302, 'docs']);
});

it('whoever has signed in is led back to the page of Swagger UI, with what the issuer has said', async () => {
  const { status, headers } = await rawGet(
    service.http.url,
    '/oauth2-redirect.html?code=a%2Fb&state=c',
  );
  const location = 'docs/oauth2-redirect.html?code=a%2Fb&state=c';
  expect([status, headers['location']]).toEqual([302, location]);
  const page = await rawGet(service.http.url, `/${location}`);
  expect([page.status, page.text]).toEqual([200, expect.stringContaining('oauth2-redirect.js')]);
});

describe('the files of /docs', () => {
  it.each([
    '/docs/..',
    '/docs/../package.json',
    '/docs/%2e%2e/x',
    '/docs/..%5c..%5cx',
    '/docs/.hidden',
    '/docs/no-such-file',
    '/docs/x%00y',
  ])('%s is refused, not an error of the service', async (path) => {
    const [status] = await refusal(path);
    expect([400, 403, 404]).toContain(status);
  });

  it.each(['bytes=99999999-', 'bytes=99999999-99999999'])(
    'Range: %s answers 416, and how long the file is',
    async (range) => {
      const path = '/docs/swagger-ui.css';
      expect(await refusal(path, { range })).toEqual([416, 'RANGE_NOT_SATISFIABLE']);
      const { headers } = await rawGet(service.http.url, path, { range });
      expect(headers['content-range']).toMatch(/^bytes \*\/\d+$/);
    },
  );

  it.each<[Record<string, string>]>([
    [{ 'if-match': '"nope"' }],
    [{ 'if-unmodified-since': 'Mon, 01 Jan 2001 00:00:00 GMT' }],
  ])('%j answers 412', async (headers) => {
    expect(await refusal('/docs/swagger-ui.css', headers)).toEqual([412, 'PRECONDITION_FAILED']);
  });

  it('can be read in part, or not at all when nothing changed', async () => {
    const path = '/docs/swagger-ui.css';
    const part = await rawGet(service.http.url, path, { range: 'bytes=0-9' });
    expect([part.status, part.text.length]).toEqual([206, 10]);
    const etag = String(part.headers['etag']);
    const same = await rawGet(service.http.url, path, { 'if-none-match': etag });
    expect(same.status).toBe(304);
  });

  it('have none that loads anything from elsewhere', async () => {
    // Swagger UI's own example, which shows the document of another service.
    expect(await refusal('/docs/swagger-initializer.js')).toEqual([404, 'ROUTE_NOT_FOUND']);
  });
});
