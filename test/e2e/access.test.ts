import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Answer } from '../support/http-client.js';
import { Records } from '../support/records.js';
import { startService, type TestService } from '../support/service.js';

const ADMIN_KEY = 'an-administrator-key-of-40-characters-00';
const bearer = (key: string) => ({ headers: { authorization: `Bearer ${key}` } });

/** What is told to everybody. */
const OPEN = ['getHealth', 'getLiveness', 'getReadiness', 'getVersion'];

let service: TestService;
let keys: Record<'viewer' | 'editor' | 'admin', { key: string; key_id: string }>;
beforeAll(async () => {
  service = await startService({ isOpen: false, adminKey: ADMIN_KEY });
  const [viewer, editor, admin] = [await make('viewer'), await make('editor'), await make('admin')];
  keys = { viewer, editor, admin };
});
afterAll(() => service.stop());

async function make(role: string, more: object = {}, key = ADMIN_KEY) {
  const body = { name: `a ${role}`, role, ...more };
  const answer = await service.http.post('/auth/keys', body, bearer(key));
  expect([answer.status, answer.text]).toEqual([200, answer.text]);
  return answer.body as { key: string; key_id: string; role: string };
}

const refusal = ({ status, body, headers }: Answer) => [
  status,
  body?.code,
  headers.get('www-authenticate'),
];
const whoami = (headers: Record<string, string>) => service.http.get('/auth/whoami', { headers });

describe('who calls', () => {
  it('is asked of everybody, before anything else', async () => {
    const without = [401, 'NOT_AUTHENTICATED', 'Bearer realm="Model DB"'];
    expect(refusal(await service.http.get('/projects/all'))).toEqual(without);
    expect(refusal(await service.http.get('/projects/all?no=parameter'))).toEqual(without);
    expect(refusal(await service.http.send('POST', '/projects', { raw: 'no JSON' }))).toEqual(
      without,
    );
    const body = `{"tags":${'['.repeat(100_000)}`;
    expect(refusal(await service.http.send('POST', '/projects', { raw: body }))).toEqual(without);
  });

  it('need not be told where there is no data', async () => {
    for (const path of ['/health', '/docs', '/openapi.json', '/openapi.yaml', '/']) {
      expect([path, (await service.http.get(path)).status]).toEqual([path, 200]);
    }
    expect((await service.http.get('/nowhere')).status).toBe(404);
    expect((await service.http.send('PUT', '/projects')).status).toBe(405);
  });

  it('may be told in three ways', async () => {
    const { key, key_id } = keys.editor;
    const expected = {
      subject: `key:${key_id}`,
      role: 'editor',
      project_roles: {},
      method: 'api_key',
      key_id,
      name: 'a editor',
      groups: null,
    };
    const basic = (user: string, password: string): string =>
      `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
    for (const headers of [
      { authorization: `Bearer ${key}` },
      { authorization: `bearer   ${key}` },
      { 'x-api-key': key },
      { authorization: basic('', key) },
      { authorization: basic('anybody', key) },
    ]) {
      expect((await whoami(headers as Record<string, string>)).body).toEqual(expected);
    }
    expect((await whoami({ authorization: basic('x', ADMIN_KEY) })).body).toEqual({
      subject: 'administrator',
      role: 'admin',
      project_roles: {},
      method: 'admin_key',
      key_id: null,
      name: null,
      groups: null,
    });
  });

  it('is not believed without the right secret', async () => {
    const { key, key_id } = keys.admin;
    const other = keys.viewer.key.slice(21);
    for (const authorization of [
      `Bearer ${key.slice(0, -1)}`,
      `Bearer ${key.slice(0, -1)}${key.endsWith('A') ? 'Q' : 'A'}`,
      `Bearer mdb_${key_id}_${other}`,
      `Bearer mdb_${'0'.repeat(16)}_${other}`,
      `Bearer ${ADMIN_KEY}x`,
      `Bearer ${ADMIN_KEY.slice(1)}`,
      `Token ${key}`,
      'Bearer ',
      'Basic !!!',
      `Basic ${Buffer.from(key).toString('base64')}`,
    ]) {
      const answer = await whoami({ authorization });
      expect([authorization, ...refusal(answer)]).toEqual([
        authorization,
        401,
        'CREDENTIALS_REFUSED',
        'Bearer realm="Model DB"',
      ]);
      expect(answer.text).not.toContain(key_id);
    }
    // An Authorization that is wrong is not made good by another header.
    const both = { authorization: 'Bearer wrong', 'x-api-key': key };
    expect((await whoami(both)).status).toBe(401);
  });
});

describe('a route', () => {
  it('serves nobody who does not say who it is: every route', async () => {
    const { body: document } = await service.http.get('/openapi.json');
    for (const [path, operations] of Object.entries<object>(document.paths)) {
      for (const [method, { operationId }] of Object.entries(operations)) {
        const { status } = await service.http.send(
          method.toUpperCase(),
          path.replaceAll(/[{}]/g, ''),
        );
        expect([operationId, status]).toEqual([
          operationId,
          OPEN.includes(operationId) ? 200 : 401,
        ]);
      }
    }
  });

  it('serves HEAD like GET', async () => {
    const head = async (path: string, key?: string): Promise<number> => {
      const answer = await service.http.send('HEAD', path, key === undefined ? {} : bearer(key));
      return answer.status;
    };
    expect(await head('/projects/all', keys.viewer.key)).toBe(200);
    expect(await head('/auth/keys', keys.viewer.key)).toBe(403);
    expect(await head('/projects/all')).toBe(401);
    expect(await head('/health')).toBe(200);
  });

  it('says in the OpenAPI document whom it serves', async () => {
    const { body: document } = await service.http.get('/openapi.json');
    expect(Object.keys(document.components.securitySchemes)).toEqual([
      'bearer',
      'api_key',
      'basic',
    ]);
    const { security, responses } = document.paths['/projects'].post;
    expect(security).toEqual([{ bearer: [] }, { api_key: [] }, { basic: [] }]);
    expect(Object.keys(responses)).toEqual(expect.arrayContaining(['401', '403']));
    expect(document.paths['/health'].get.security).toBeUndefined();
  });
});

describe('keys', () => {
  it('are told once, and kept as a digest', async () => {
    const made = await make('viewer', { name: 'once "told"', expires_at: '2099-01-01T00:00:00Z' });
    expect(made.key).toMatch(/^mdb_[0-9a-f]{16}_[\w-]{43}$/);
    expect(made).toMatchObject({
      name: 'once "told"',
      created_by: 'administrator',
      expires_at: '2099-01-01T00:00:00.000000Z',
      last_used_at: null,
      revoked_at: null,
    });
    const { body: listed, text } = await service.http.get('/auth/keys', bearer(ADMIN_KEY));
    const { key, ...rest } = made;
    expect(listed).toContainEqual(rest);
    expect(text).not.toContain(key.slice(21));
    const { rows } = await service.database.sql.query<{ row: string }>(
      'SELECT k::text AS row FROM api_keys k',
    );
    expect(rows.map(({ row }) => row).join()).not.toContain(key.slice(21));
  });

  it('are refused with what is wrong in them', async () => {
    const wrong = { role: 'owner', expires_at: '2020-01-01T00:00:00Z', scope: [] };
    const { status, body } = await service.http.post('/auth/keys', wrong, bearer(ADMIN_KEY));
    expect(status).toBe(422);
    const paths = (body.errors as { path: string }[]).map(({ path }) => path).sort();
    expect(paths).toEqual(['expires_at', 'name', 'role', 'scope']);
  });

  it('end when they are revoked, on each replica', async () => {
    const { key, key_id } = await make('viewer');
    await using other = await startService({
      isOpen: false,
      databaseUrl: () => service.database.url,
    });
    for (const { http } of [service, other]) {
      expect((await http.get('/auth/whoami', bearer(key))).status).toBe(200);
    }
    const revoked = await service.http.send('DELETE', `/auth/keys/${key_id}`, bearer(ADMIN_KEY));
    expect(revoked.body.revoked_at).toMatch(/Z$/);
    const again = await service.http.send('DELETE', `/auth/keys/${key_id}`, bearer(ADMIN_KEY));
    expect(again.body).toEqual(revoked.body);
    expect((await service.http.get('/auth/whoami', bearer(key))).status).toBe(401);
    const end = Date.now() + 5000;
    let status = 200;
    while (status === 200) {
      ({ status } = await other.http.get('/auth/whoami', bearer(key)));
      expect(Date.now()).toBeLessThan(end);
    }
    expect(status).toBe(401);
  });

  it('end by themselves', async () => {
    const { key, key_id } = await make('viewer');
    await service.database.sql.query(
      `UPDATE api_keys SET expires_datetime = now() - interval '1 second' WHERE key_id = $1`,
      [key_id],
    );
    expect((await service.http.get('/auth/whoami', bearer(key))).status).toBe(401);
  });

  it('are followed by others, with an overlap', async () => {
    const old = await make('editor', { name: 'rotated', expires_at: '2099-01-01T00:00:00Z' });
    const rotate = (body: object) =>
      service.http.post(`/auth/keys/${old.key_id}/rotate`, body, bearer(keys.admin.key));
    const { status, body: made } = await rotate({ overlap_seconds: 3600 });
    expect([status, made.name, made.role, made.expires_at, made.created_by]).toEqual([
      200,
      'rotated',
      'editor',
      '2099-01-01T00:00:00.000000Z',
      `key:${keys.admin.key_id}`,
    ]);
    for (const { key } of [old, made]) {
      expect((await service.http.get('/auth/whoami', bearer(key))).status).toBe(200);
    }
    const { body: listed } = await service.http.get('/auth/keys', bearer(ADMIN_KEY));
    const kept = (listed as { key_id: string; expires_at: string }[]).find(
      ({ key_id }) => key_id === old.key_id,
    );
    const left = Date.parse(kept?.expires_at ?? '') - Date.now();
    expect(left).toBeGreaterThan(3_500_000);
    expect(left).toBeLessThanOrEqual(3_600_000);

    await service.http.send('DELETE', `/auth/keys/${old.key_id}`, bearer(ADMIN_KEY));
    expect((await rotate({})).body.code).toBe('KEY_ENDED');
    const missing = await service.http.post('/auth/keys/x/rotate', {}, bearer(ADMIN_KEY));
    expect([missing.status, missing.body.code]).toEqual([404, 'KEY_NOT_FOUND']);
  });

  it('say when they were used', async () => {
    const { key, key_id } = await make('viewer');
    await service.http.get('/auth/whoami', bearer(key));
    const lastUse = async (): Promise<string | null> => {
      const { body } = await service.http.get('/auth/keys', bearer(ADMIN_KEY));
      return (
        (body as { key_id: string; last_used_at: string | null }[]).find(
          (one) => one.key_id === key_id,
        )?.last_used_at ?? null
      );
    };
    let used: string | null = null;
    while (used === null) used = await lastUse();
    expect(Math.abs(Date.parse(used) - Date.now())).toBeLessThan(10_000);
  });

  it('do not share remembered answers', async () => {
    const other = await make('editor');
    const send = (key: string) =>
      service.http.post(
        '/projects',
        { project_name: 'whose' },
        { headers: { authorization: `Bearer ${key}`, 'idempotency-key': 'shared' } },
      );
    expect((await send(keys.editor.key)).status).toBe(200);
    const repeated = await send(keys.editor.key);
    expect(repeated.headers.get('idempotency-replayed')).toBe('true');
    expect((await send(other.key)).body.code).toBe('IDEMPOTENCY_KEY_REUSED');
  });
});

describe('while the service is open', () => {
  let open: TestService;
  beforeAll(async () => {
    open = await startService();
  });
  afterAll(() => open.stop());

  function statusOf(headers: Record<string, string>, method = 'GET'): Promise<number | undefined> {
    return new Promise((resolve, reject) => {
      const { hostname, port } = new URL(open.http.url);
      request({ hostname, port, path: '/projects/all', method, headers }, (answer) => {
        answer.resume();
        resolve(answer.statusCode);
      })
        .on('error', reject)
        .end();
    });
  }

  it('everybody is an admin, whatever they send', async () => {
    const { body } = await open.http.get('/auth/whoami', bearer('nonsense'));
    expect(body).toMatchObject({ subject: 'anybody', role: 'admin', method: 'none' });
    expect((await new Records(open.http).project()).project_id).toBeTruthy();
  });

  it.each([
    ['localhost', 200],
    ['LOCALHOST:8000', 200],
    ['127.0.0.1:1', 200],
    ['127.3.2.1', 200],
    ['[::1]:8000', 200],
    ['evil.example', 403],
    ['localhost.evil.example', 403],
    ['127.0.0.1.evil.example:8000', 403],
    ['192.168.0.7:8000', 403],
    ['0.0.0.0:8000', 403],
    ['a b', 403],
    ['user@localhost', 403],
  ])('a request to %s is answered %d', async (host, status) => {
    expect(await statusOf({ host })).toBe(status);
  });

  it.each([
    ['http://localhost:8000', 200],
    ['https://localhost:8000', 403],
    ['http://localhost:8001', 403],
    ['http://evil.example', 403],
    ['null', 403],
  ])('a page of %s is answered %d', async (origin, status) => {
    expect(await statusOf({ host: 'localhost:8000', origin })).toBe(status);
  });
});
