import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { OidcProvider } from '../support/oidc-provider.js';
import { startService, type TestService } from '../support/service.js';

const ADMIN_KEY = 'an-administrator-key-of-40-characters-00';
const bearer = (token: string) => ({ headers: { authorization: `Bearer ${token}` } });
const whoami = (service: TestService, token: string) =>
  service.http.get('/auth/whoami', bearer(token));

/** What a token is worth: the status and code of the answer that tells who calls. */
async function worth(service: TestService, token: string): Promise<unknown[]> {
  const { status, body } = await whoami(service, token);
  return [status, body.code ?? body.role];
}

const closedTo = ({ settings: oidc }: OidcProvider, adminKey = ADMIN_KEY) =>
  startService({ isOpen: false, adminKey, oidc });

/** The same token under a key that nobody has. */
function withMadeUpKey(token: string): string {
  const [header = '', ...rest] = token.split('.');
  const { alg, typ } = JSON.parse(Buffer.from(header, 'base64url').toString());
  const other = JSON.stringify({ alg, typ, kid: randomUUID() });
  return [Buffer.from(other).toString('base64url'), ...rest].join('.');
}

describe('access tokens of a provider', () => {
  let provider: OidcProvider;
  let service: TestService;
  beforeAll(async () => {
    provider = await OidcProvider.start();
    service = await closedTo(provider);
  });
  afterAll(async () => {
    await service.stop();
    await provider.stop();
  });

  it('say who calls, whichever way they are sent', async () => {
    const token = await provider.token('reader');
    const expected = {
      subject: 'user:reader',
      role: 'viewer',
      project_roles: {},
      method: 'oidc',
      key_id: null,
      name: 'The reader',
      groups: ['readers', 'others'],
    };
    const basic = `Basic ${Buffer.from(`x:${token}`).toString('base64')}`;
    for (const headers of [
      { authorization: `Bearer ${token}` },
      { 'x-api-key': token },
      { authorization: basic },
    ] as Record<string, string>[]) {
      const { status, body } = await service.http.get('/auth/whoami', { headers });
      expect([status, body]).toEqual([200, expected]);
    }
  });

  it('give the highest role that one of their groups has', async () => {
    const statuses = async (client: string) => {
      const options = bearer(await provider.token(client));
      const project = { project_name: `of a ${client}` };
      const key = { name: 'made with a token', role: 'viewer' };
      return [
        (await service.http.get('/projects/all', options)).status,
        (await service.http.post('/projects', project, options)).status,
        (await service.http.post('/auth/keys', key, options)).status,
      ];
    };
    expect(await statuses('reader')).toEqual([200, 403, 403]);
    expect(await statuses('writer')).toEqual([200, 200, 403]);
    expect(await statuses('chief')).toEqual([200, 200, 200]);
    const { body } = await service.http.get('/auth/keys', bearer(ADMIN_KEY));
    expect(body).toMatchObject([{ name: 'made with a token', created_by: 'user:chief' }]);
  });

  it('without a role are good for finding out why', async () => {
    const token = await provider.token('stranger');
    const { status, body } = await service.http.get('/projects/all', bearer(token));
    expect([status, body.code]).toEqual([403, 'NOT_PERMITTED']);
    expect((await whoami(service, token)).body).toMatchObject({
      subject: 'user:stranger',
      role: null,
      groups: ['others'],
    });
  });

  it('have the roles on projects of their user and of its groups', async () => {
    const admin = bearer(ADMIN_KEY);
    const make = async (name: string): Promise<string> =>
      (await service.http.post('/projects', { project_name: name }, admin)).body.project_id;
    const [one, two, three] = [await make('one'), await make('two'), await make('three')];
    const put = (id: string, member: string, role: string) =>
      service.http.send('PUT', `/projects/id/${id}/members`, { json: { member, role }, ...admin });
    const stranger = bearer(await provider.token('stranger'));
    await put(one, 'user:stranger', 'editor');
    await put(one, 'group:others', 'viewer');
    await put(two, 'group:others', 'admin');
    await put(three, 'group:readers', 'viewer');
    const { body } = await service.http.get('/auth/whoami', stranger);
    expect([body.role, body.project_roles]).toEqual([null, { [one]: 'editor', [two]: 'admin' }]);
    const listed = await service.http.get('/projects/all', stranger);
    expect(listed.body.map((each: { project_id: string }) => each.project_id)).toEqual([one, two]);
    await service.http.send('DELETE', `/projects/id/${one}/members?member=user:stranger`, admin);
    await service.http.send('DELETE', `/projects/id/${two}/members?member=group:others`, stranger);
    const now = await service.http.get('/auth/whoami', stranger);
    expect(now.body.project_roles).toEqual({ [one]: 'viewer' });
    expect((await service.http.get(`/projects/id/${two}`, stranger)).status).toBe(404);
  });

  it('make projects of which their user is the admin', async () => {
    const writer = bearer(await provider.token('writer'));
    const { body } = await service.http.post(
      '/projects',
      { project_name: 'of the writer' },
      writer,
    );
    const answer = await service.http.get(`/projects/id/${body.project_id}/members`, writer);
    expect(answer.body).toMatchObject([{ member: 'user:writer', role: 'admin' }]);
  });

  it('are refused when they are for others, of others, or not as they were made', async () => {
    const token = await provider.token('reader');
    const [header = '', payload = '', signature = ''] = token.split('.');
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString());
    const raised = Buffer.from(JSON.stringify({ ...claims, groups: ['chiefs'] }));
    await using other = await OidcProvider.start();
    for (const wrong of [
      await provider.token('reader', 'urn:another-service'),
      await other.token('reader'),
      [header, raised.toString('base64url'), signature].join('.'),
      token.slice(0, -1),
      token.slice(0, token.lastIndexOf('.') + 1),
      [header, payload].join('.'),
      withMadeUpKey(token),
    ]) {
      const { status, body, text } = await whoami(service, wrong);
      expect([status, body.code]).toEqual([401, 'CREDENTIALS_REFUSED']);
      expect(text).not.toContain('reader');
    }
    expect(await worth(service, token)).toEqual([200, 'viewer']);
  });

  it('do not get in the way of keys, and are nothing where there is no issuer', async () => {
    expect(await worth(service, ADMIN_KEY)).toEqual([200, 'admin']);
    const made = await service.http.post(
      '/auth/keys',
      { name: 'beside tokens', role: 'editor' },
      bearer(ADMIN_KEY),
    );
    expect(await worth(service, made.body.key)).toEqual([200, 'editor']);
    await using without = await startService({ isOpen: false });
    const token = await provider.token('chief');
    expect(await worth(without, token)).toEqual([401, 'CREDENTIALS_REFUSED']);
  });

  it('are in the OpenAPI document, with the way to get one', async () => {
    const { components, paths } = (await service.http.get('/openapi.json')).body;
    expect(components.securitySchemes.oidc).toEqual({
      type: 'openIdConnect',
      openIdConnectUrl: `${provider.issuer}/.well-known/openid-configuration`,
    });
    expect(paths['/projects'].post.security).toContainEqual({ oidc: [] });
    expect(paths['/health'].get.security).toBeUndefined();
  });
});

describe('the keys of an issuer', () => {
  it('may change', async () => {
    await using provider = await OidcProvider.start();
    await using service = await closedTo(provider);
    expect(await worth(service, await provider.token('reader'))).toEqual([200, 'viewer']);
    await provider.stop();
    await provider.takeNewKeys();
    await provider.resume();
    for (const client of ['writer', 'chief', 'reader']) {
      const token = await provider.token(client);
      expect((await whoami(service, token)).body.subject).toBe(`user:${client}`);
    }
    expect(provider.fetches).toEqual({ discovery: 2, keys: 2 });
  });

  it('are asked for once, however many tokens name made-up ones', async () => {
    await using provider = await OidcProvider.start();
    await using service = await closedTo(provider);
    const token = await provider.token('writer');
    for (let round = 0; round < 5; round += 1) {
      const answers = await Promise.all(
        Array.from({ length: 20 }, () => worth(service, withMadeUpKey(token))),
      );
      expect(new Set(answers.map(String))).toEqual(new Set(['401,CREDENTIALS_REFUSED']));
    }
    // At first, and once more for an unknown one.
    expect(provider.fetches.keys).toBeLessThanOrEqual(2);
    expect(provider.fetches.discovery).toBeLessThanOrEqual(2);
    expect(await worth(service, token)).toEqual([200, 'editor']);
  });

  it('have to be known: until then the answer is to come again', async () => {
    await using provider = await OidcProvider.start();
    const token = await provider.token('writer');
    await provider.stop();
    await using service = await closedTo(provider);
    const { status, body, headers } = await whoami(service, token);
    expect([status, body.code, headers.get('retry-after')]).toEqual([
      503,
      'ISSUER_UNAVAILABLE',
      '2',
    ]);
    expect(await worth(service, ADMIN_KEY)).toEqual([200, 'admin']);
    await provider.resume();
    const end = Date.now() + 5000;
    let last: unknown[] = [];
    while (last[0] !== 200) {
      last = await worth(service, token);
      expect([last, Date.now() < end]).toEqual([expect.anything(), true]);
    }
  });

  it('stay good while the issuer is away', async () => {
    await using provider = await OidcProvider.start();
    await using service = await closedTo(provider);
    const [first, second] = [await provider.token('reader'), await provider.token('reader')];
    expect(await worth(service, first)).toEqual([200, 'viewer']);
    await provider.stop();
    expect(await worth(service, first)).toEqual([200, 'viewer']);
    expect(await worth(service, second)).toEqual([200, 'viewer']);
    // It may be a new one: nobody can tell.
    expect(await worth(service, withMadeUpKey(second))).toEqual([503, 'ISSUER_UNAVAILABLE']);
    expect(await worth(service, second)).toEqual([200, 'viewer']);
  });
});
