import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { modeldb } from '../support/command-line.js';
import { createDatabase, type TestDatabase } from '../support/database.js';
import type { Answer, HttpClient, Options } from '../support/http-client.js';
import { ServiceProcess } from '../support/service-process.js';

const ADMIN_KEY = 'a-planted-administrator-key-0123456789';
const PASSWORD = 'a-planted-database-password';
/** Of `mdb_`, the id and a `_`: what comes after it is the secret. */
const ID_LENGTH = 21;
const ROLE = `planted_${String(process.pid)}`;

let database: TestDatabase;
let environment: Record<string, string>;
let service: ServiceProcess;
let http: HttpClient;
beforeAll(async () => {
  database = await createDatabase();
  await database.sql.query(`CREATE ROLE ${ROLE} SUPERUSER LOGIN PASSWORD '${PASSWORD}'`);
  const url = Object.assign(new URL(database.url), { username: ROLE, password: PASSWORD });
  environment = {
    DATABASE_URL: url.href,
    MODELDB_AUTH: 'required',
    MODELDB_ADMIN_KEY: ADMIN_KEY,
    LOG_LEVEL: 'trace',
    DATABASE_POOL_WAIT_MS: '1000',
  };
  service = new ServiceProcess(environment);
  http = await service.ready();
});
afterAll(async () => {
  await service.end('SIGKILL');
  await database.sql.query(`DROP OWNED BY ${ROLE} CASCADE`);
  await database.sql.query(`DROP ROLE ${ROLE}`);
  await database.drop();
});

/** All that was answered or written, but for the answers that tell a new key, by where it was. */
const seen = new Map<string, string>();
const secrets = new Set([ADMIN_KEY, PASSWORD]);

const bearer = (key: string) => ({ authorization: `Bearer ${key}` });
const basic = (key: string): string => Buffer.from(`somebody:${key}`).toString('base64');

/** Keeps what may not be seen again, also in the way Basic writes it. */
function keep(key: string): string {
  for (const text of [key.slice(ID_LENGTH), basic(key)]) secrets.add(text);
  return key;
}

async function ask(method: string, path: string, options: Options = {}): Promise<Answer> {
  const answer = await http.send(method, path, options);
  const headers = JSON.stringify([...answer.headers]);
  seen.set(`${String(seen.size)} ${method} ${path}`, `${headers}\n${answer.text}`);
  return answer;
}

async function makeKey(role: string): Promise<{ key: string; key_id: string }> {
  const options = { headers: bearer(ADMIN_KEY) };
  const { body } = await http.post('/auth/keys', { name: `a ${role}`, role }, options);
  keep(body.key as string);
  return body as { key: string; key_id: string };
}

async function command(...args: string[]): Promise<void> {
  const { stdout, stderr } = await modeldb(args, environment);
  if (args[1] === 'create') keep(stdout.trim());
  seen.set(`modeldb ${args.join(' ')}`, args[1] === 'create' ? stderr : stdout + stderr);
}

/** Where a secret was seen. */
function leaks(): unknown[] {
  return [...seen].flatMap(([where, text]) =>
    [...secrets].filter((secret) => text.includes(secret)).map((secret) => ({ where, secret })),
  );
}

describe('no key and no password is seen again', () => {
  let key: string;
  let keyId: string;
  beforeAll(async () => {
    ({ key, key_id: keyId } = await makeKey('admin'));
  });

  it('where it belongs, right or wrong', async () => {
    for (const headers of [bearer(key), { 'x-api-key': key }, bearer(ADMIN_KEY)]) {
      expect((await ask('GET', '/auth/whoami', { headers })).status).toBe(200);
      await ask('GET', '/auth/keys', { headers });
    }
    for (const text of [keep(`${key.slice(0, -2)}AA`), `${ADMIN_KEY}x`]) {
      const headers = { authorization: `Basic ${basic(text)}` };
      expect((await ask('GET', '/auth/whoami', { headers })).status).toBe(401);
    }
    expect(leaks()).toEqual([]);
  });

  it('where it does not belong', async () => {
    const headers = bearer(key);
    for (const path of ['/health', '/projects/all', '/nowhere', '/docs', '/experiments/search']) {
      await ask('GET', `${path}?api_key=${key}&limit=${key}`);
      await ask('GET', `${path}?api_key=${key}&limit=${key}`, { headers });
    }
    await ask('POST', '/projects', { headers, json: { project_name: 'p', api_key: key } });
    await ask('POST', '/auth/keys', { headers, json: { name: 'x', role: key, expires_at: key } });
    await ask('POST', '/projects', { headers, raw: `{"project_name": "${key}` });
    await ask('POST', '/projects', { headers, raw: `{"project_name": ${key}}` });
    for (const name of ['p', 'p', 'q']) {
      const remembered = { ...headers, 'idempotency-key': key };
      await ask('POST', '/projects', { headers: remembered, json: { project_name: name } });
    }
    await ask('GET', '/auth/whoami', { headers: { ...headers, 'x-request-id': key } });
    for (const path of ['/openapi.json', '/openapi.yaml', '/docs/swagger-ui-init.js']) {
      expect((await ask('GET', path)).status).toBe(200);
    }
    expect(leaks()).toEqual([]);
  });

  it('when a statement fails', async () => {
    const uncached = await makeKey('viewer');
    await database.sql.query('ALTER TABLE api_keys RENAME TO hidden');
    const json = { name: key, role: 'viewer' };
    for (const answer of [
      await ask('GET', '/auth/keys', { headers: bearer(key) }),
      await ask('GET', '/auth/whoami', { headers: bearer(uncached.key) }),
      await ask('POST', '/auth/keys', { headers: bearer(key), json }),
    ]) {
      expect(answer.status).toBe(500);
    }
    await database.sql.query('ALTER TABLE hidden RENAME TO api_keys');
    expect(leaks()).toEqual([]);
  });

  it('on the command line', async () => {
    await Promise.all([
      command('keys', 'create', '--name', 'x', '--role', 'viewer'),
      command('keys', 'list', '--json'),
      command('keys', 'revoke', keyId),
      command('keys', 'revoke', key),
    ]);
    expect(leaks()).toEqual([]);
  });

  it('when the database lets nobody in, and in the log', async () => {
    await database.sql.query(`ALTER ROLE ${ROLE} NOLOGIN`);
    await database.sql.query(
      'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = $1',
      [ROLE],
    );
    expect((await ask('GET', '/projects/all', { headers: bearer(ADMIN_KEY) })).status).toBe(503);
    const refused = new ServiceProcess(environment);
    await Promise.all([command('keys', 'list'), refused.end()]);
    seen.set('a start that is refused', refused.output);
    await service.end('SIGTERM');
    seen.set('the log', service.output);
    expect(service.output).toContain('INTERNAL_ERROR');
    expect(service.output).toContain('DATABASE_UNAVAILABLE');
    expect(leaks()).toEqual([]);
  });
});
