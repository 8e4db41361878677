import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Answer } from '../support/http-client.js';
import { startService, type TestService } from '../support/service.js';

const ADMIN_KEY = 'an-administrator-key-of-40-characters-00';
const CLOSED = { isOpen: false, adminKey: ADMIN_KEY };
const NAMES = ['limit', 'remaining', 'reset'].map((name) => `ratelimit-${name}`);

afterEach(() => {
  jest.restoreAllMocks();
});

/** Lets all clocks of the service go on, and stand still there. */
function pass(seconds: number): void {
  for (const clock of [Date, performance]) {
    const then = clock.now() + seconds * 1000;
    jest.spyOn(clock, 'now').mockReturnValue(then);
  }
}

/** The status, and how many requests are left. */
const left = ({ status, headers }: Answer) => [status, headers.get('ratelimit-remaining')];

/** Asks who calls. @param from - what the proxy in front says of the address */
async function ask(
  { http }: TestService,
  key: string,
  from?: string,
  path = '/auth/whoami',
): Promise<Answer> {
  const headers = {
    ...(key !== '' && { authorization: `Bearer ${key}` }),
    ...(from !== undefined && { 'x-forwarded-for': from }),
  };
  return http.get(path, { headers });
}

/** Makes a key, as the administrator. */
function make({ http }: TestService): Promise<Answer> {
  const headers = { authorization: `Bearer ${ADMIN_KEY}` };
  return http.post('/auth/keys', { name: 'a viewer', role: 'viewer' }, { headers });
}

const makeKey = async (service: TestService) => (await make(service)).body.key as string;

/** A key that could be one, and is none. */
const madeUp = (id: number): string => `mdb_${String(id).padStart(16, '0')}_${'A'.repeat(43)}`;

function expectRefusal({ status, headers, body }: Answer): void {
  const wait = headers.get('retry-after');
  expect([status, body.status, body.code]).toEqual([429, 429, 'RATE_LIMITED']);
  expect(headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
  expect(Number(wait)).toBeGreaterThan(0);
  expect(Number(wait)).toBeLessThanOrEqual(60);
  expect(headers.get('ratelimit-reset')).toBe(wait);
}

describe('requests of a caller', () => {
  let service: TestService;
  let keys: string[];
  beforeAll(async () => {
    service = await startService({ ...CLOSED, rateLimitPerMinute: 3 });
    keys = [await makeKey(service), await makeKey(service)];
  });
  afterAll(() => service.stop());

  it('are refused beyond the limit, each caller for itself, until the minute is over', async () => {
    const [one = '', other = ''] = keys;
    const first = await ask(service, one);
    expect(NAMES.map((name) => first.headers.get(name))).toEqual(['3', '2', '60']);
    expect(left(await ask(service, one))).toEqual([200, '1']);
    expect(left(await ask(service, one, undefined, '/projects/id/nobody'))).toEqual([404, '0']);
    const refused = await ask(service, one);
    expectRefusal(refused);
    expect(left(refused)).toEqual([429, '0']);
    expect(left(await ask(service, other))).toEqual([200, '2']);
    pass(60);
    expect(left(await ask(service, one))).toEqual([200, '2']);
  });

  it('that are refused are not carried out', async () => {
    pass(120);
    const rows = async () => (await service.database.sql.query('TABLE api_keys')).rowCount;
    for (let count = 0; count < 3; count += 1) expect((await make(service)).status).toBe(200);
    const before = await rows();
    expectRefusal(await make(service));
    expect(await rows()).toBe(before);
  });

  it.each(['/health', '/docs', '/openapi.json', '/nowhere'])('to %s are not', async (path) => {
    for (let count = 0; count < 5; count += 1) {
      const answer = await ask(service, keys[0] ?? '', undefined, path);
      expect(left(answer)).toEqual([path === '/nowhere' ? 404 : 200, null]);
    }
  });

  it('are those of everybody together while nobody has to say who they are', async () => {
    await using open = await startService({ rateLimitPerMinute: 1 });
    expect(left(await ask(open, 'one'))).toEqual([200, '0']);
    expect(left(await ask(open, 'other'))).toEqual([429, '0']);
    expect((await open.http.get('/health')).status).toBe(200);
  });
});

describe('wrong credentials', () => {
  let service: TestService;
  let known: string;
  beforeAll(async () => {
    service = await startService({
      ...CLOSED,
      failedAuthPerMinute: 2,
      trustedProxies: ['127.0.0.1'],
      statementTimeoutMs: 2000,
    });
    known = await makeKey(service);
    await ask(service, known);
  });
  afterAll(() => service.stop());

  /** Uses up what an address has. */
  async function spend(from: string): Promise<void> {
    expect(left(await ask(service, 'wrong', from))).toEqual([401, '1']);
    expect(left(await ask(service, madeUp(1), from))).toEqual([401, '0']);
  }

  it('are refused beyond the limit, without asking the database, until the minute is over', async () => {
    const from = '192.0.2.1';
    expect(left(await ask(service, 'wrong', from))).toEqual([401, '1']);
    expect(left(await ask(service, madeUp(0), from))).toEqual([401, '0']);
    expectRefusal(await ask(service, 'wrong', from));
    const { sql } = service.database;
    // Who asks for a key now is told 503.
    await sql.query('BEGIN');
    await sql.query('LOCK TABLE api_keys');
    const answers = await Promise.all([2, 3, 4].map((id) => ask(service, madeUp(id), from)));
    await sql.query('ROLLBACK');
    for (const answer of answers) expectRefusal(answer);
    pass(61);
    expect(left(await ask(service, 'wrong', from))).toEqual([401, '1']);
  });

  it('shut out nobody at the same address whose key was good before', async () => {
    const from = '192.0.2.2';
    await spend(from);
    expect((await ask(service, known, from)).status).toBe(200);
    expect((await ask(service, ADMIN_KEY, from)).status).toBe(200);
    // Longer than a key is taken to be as it was: the database is asked again.
    pass(5);
    expect((await ask(service, known, from)).status).toBe(200);
  });

  it('keep a key that was never used here waiting, and only at their own address', async () => {
    const from = '192.0.2.3';
    await spend(from);
    const fresh = await makeKey(service);
    expectRefusal(await ask(service, fresh, from));
    expect((await ask(service, fresh, '192.0.2.33')).status).toBe(200);
    expect((await ask(service, fresh, from)).status).toBe(200);
  });

  it('are not the same as none', async () => {
    const from = '192.0.2.4';
    await spend(from);
    const answer = await ask(service, '', from);
    expect([...left(answer), answer.body.code]).toEqual([401, null, 'NOT_AUTHENTICATED']);
  });

  it('count for all addresses of an IPv6 network of 64 bits', async () => {
    await spend('2001:db8:1:2::1');
    expectRefusal(await ask(service, 'wrong', '2001:db8:1:2:ffff:1::9'));
    expect(left(await ask(service, 'wrong', '2001:db8:1:3::1'))).toEqual([401, '1']);
    await spend('192.0.2.5');
    expectRefusal(await ask(service, 'wrong', '::ffff:192.0.2.5'));
  });

  it('come from where the trusted proxy says, whatever the client has said to it', async () => {
    await spend('192.0.2.6');
    expectRefusal(await ask(service, 'wrong', '192.0.2.66, 192.0.2.6'));
    expect(left(await ask(service, 'wrong', '192.0.2.6, 192.0.2.66'))).toEqual([401, '1']);
  });

  it('come from the connection where no proxy is trusted', async () => {
    await using direct = await startService({ ...CLOSED, failedAuthPerMinute: 1 });
    expect(left(await ask(direct, 'wrong', '192.0.2.7'))).toEqual([401, '0']);
    expectRefusal(await ask(direct, 'wrong', '192.0.2.8'));
  });
});

it('without limits nothing is counted, and no answer speaks of them', async () => {
  await using service = await startService({ ...CLOSED, failedAuthPerMinute: 0 });
  for (const [key, status] of [
    [ADMIN_KEY, 200],
    ['wrong', 401],
  ] as const) {
    const answer = await ask(service, key);
    expect(answer.status).toBe(status);
    expect(NAMES.filter((name) => answer.headers.has(name))).toEqual([]);
  }
});
