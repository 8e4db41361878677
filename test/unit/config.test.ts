import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { environmentSchema, loadConfig, oneUrlPerHost } from '#config';
import { StartupError } from '#errors';

async function temporaryFolder(): Promise<AsyncDisposable & { readonly path: string }> {
  const path = await mkdtemp(join(tmpdir(), 'modeldb-config-'));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true }) };
}

describe('loadConfig', () => {
  it('needs nothing', () => {
    expect(loadConfig({})).toEqual({
      isOpen: true,
      adminKey: undefined,
      oidc: undefined,
      host: '127.0.0.1',
      port: 8000,
      logLevel: 'info',
      workers: 1,
      databaseUrl: undefined,
      replicaUrls: [],
      replicaMaxLagMs: 5000,
      dataDir: '.modeldb',
      poolSize: 10,
      poolWaitMs: 10_000,
      queueSize: 1000,
      poolMode: 'session',
      preparesStatements: true,
      statementTimeoutMs: 60_000,
      searchPoolSize: 4,
      searchTimeoutMs: 10_000,
      idempotencyKeepHours: 24,
      auditSealSeconds: 60,
      quotas: { experiments: 0, points: 0 },
      maxBodyBytes: 8_388_608,
      requestTimeoutMs: 60_000,
      maxWaitingRequests: 128,
      maxEventLoopDelayMs: 1000,
      rateLimitPerMinute: 0,
      failedAuthPerMinute: 30,
      trustedProxies: [],
      corsOrigins: [],
      logsRequests: false,
      slowStatementMs: 1000,
      traceProtocol: undefined,
      areMetricsOpen: false,
      shutdownDelayMs: 0,
      shutdownTimeoutMs: 25_000,
      commit: undefined,
    });
  });

  it('takes what is set, and an empty variable for none', () => {
    const config = loadConfig({
      HOST: '0.0.0.0',
      PORT: '0',
      LOG_LEVEL: 'debug',
      DATABASE_URL: 'postgres://u:p@h/d',
      DATABASE_POOL_SIZE: '',
    });
    expect(config).toMatchObject({ host: '0.0.0.0', port: 0, logLevel: 'debug', poolSize: 10 });
    expect(config.databaseUrl).toBe('postgres://u:p@h/d');
  });

  it('makes lines for requests only where the log has them', () => {
    const logs = (LOG_LEVEL: string) =>
      loadConfig({ LOG_REQUESTS: 'true', LOG_LEVEL }).logsRequests;
    expect(['warn', 'info', 'trace'].map(logs)).toEqual([false, true, true]);
    expect(() => loadConfig({ LOG_REQUESTS: 'yes' })).toThrow(
      'LOG_REQUESTS must be true or false (it is "yes")',
    );
  });

  it('takes a number of workers, or as many as there are cores and connections', () => {
    expect(loadConfig({ MODELDB_WORKERS: '3' }).workers).toBe(3);
    const cores = availableParallelism();
    const auto = (DATABASE_POOL_SIZE: string) =>
      loadConfig({ MODELDB_WORKERS: 'auto', DATABASE_POOL_SIZE }).workers;
    expect([auto('64'), auto('1')]).toEqual([Math.min(cores, 64), 1]);
    for (const MODELDB_WORKERS of ['0', '65', 'many', '-1', '1.5']) {
      expect(() => loadConfig({ MODELDB_WORKERS })).toThrow(
        `MODELDB_WORKERS must be auto or a whole number from 1 to 64 (it is "${MODELDB_WORKERS}")`,
      );
    }
    expect(() => loadConfig({ MODELDB_WORKERS: '3', DATABASE_POOL_SIZE: '2' })).toThrow(
      'MODELDB_WORKERS cannot be more than DATABASE_POOL_SIZE, which is 2: each worker needs a connection',
    );
  });

  it('takes the hash of a commit', () => {
    expect(loadConfig({ MODELDB_COMMIT: '3f2a9c1' }).commit).toBe('3f2a9c1');
    expect(() => loadConfig({ MODELDB_COMMIT: 'main' })).toThrow('must be the hash of a commit');
  });

  it.each([
    [{}, true],
    [{ HOST: 'localhost' }, true],
    [{ HOST: '::1' }, true],
    [{ HOST: '127.8.8.8' }, true],
    [{ HOST: '0.0.0.0' }, false],
    [{ HOST: '::' }, false],
    [{ HOST: 'models.example' }, false],
    [{ HOST: '127.0.0.1.example' }, false],
    [{ MODELDB_AUTH: 'required' }, false],
    [{ MODELDB_AUTH: 'off' }, true],
    [{ HOST: '0.0.0.0', MODELDB_AUTH: 'required' }, false],
  ])('with %j the service is open: %j', (environment, isOpen) => {
    expect(loadConfig(environment).isOpen).toBe(isOpen);
  });

  it('does not open the service to other machines', () => {
    expect(() => loadConfig({ HOST: '0.0.0.0', MODELDB_AUTH: 'off' })).toThrow(
      'MODELDB_AUTH cannot be off while HOST is 0.0.0.0: other machines could do everything',
    );
    expect(() => loadConfig({ MODELDB_AUTH: 'maybe' })).toThrow(
      'MODELDB_AUTH must be one of auto, required, off',
    );
  });

  it('takes the key of the administrator from the environment or a file, and never repeats it', async () => {
    const key = 'k'.repeat(32);
    expect(loadConfig({ MODELDB_ADMIN_KEY: key }).adminKey).toBe(key);
    await using folder = await temporaryFolder();
    const file = join(folder.path, 'admin-key');
    await writeFile(file, `${key}\n`);
    expect(loadConfig({ MODELDB_ADMIN_KEY_FILE: file }).adminKey).toBe(key);

    const messageOf = (environment: NodeJS.ProcessEnv): string => {
      try {
        loadConfig(environment);
      } catch (error) {
        return (error as Error).message;
      }
      return 'nothing is wrong';
    };
    const short = messageOf({ MODELDB_ADMIN_KEY: 'too short a secret' });
    expect(short).toContain('MODELDB_ADMIN_KEY must have 32 to 1024 printable ASCII characters');
    expect(short).not.toContain('too short');
    await writeFile(file, 'too short a secret');
    const shortFile = messageOf({ MODELDB_ADMIN_KEY_FILE: file });
    expect(shortFile).toContain('MODELDB_ADMIN_KEY_FILE has a content that must have 32 to 1024');
    expect(shortFile).not.toContain('too short');
    expect(messageOf({ MODELDB_ADMIN_KEY_FILE: join(folder.path, 'none') })).toContain(
      'MODELDB_ADMIN_KEY_FILE cannot be read (ENOENT)',
    );
    expect(messageOf({ MODELDB_ADMIN_KEY: key, MODELDB_ADMIN_KEY_FILE: file })).toContain(
      'MODELDB_ADMIN_KEY_FILE cannot be set beside MODELDB_ADMIN_KEY',
    );
  });

  it('reads any secret from a file', async () => {
    await using folder = await temporaryFolder();
    const [file, replicas] = [join(folder.path, 'url'), join(folder.path, 'replicas')];
    const url = 'postgresql://modeldb:hunter2@db.example:5432/modeldb';
    await writeFile(file, `${url}\n`);
    await writeFile(replicas, 'postgresql://modeldb:hunter2@standby.example:5432/modeldb\n');
    const files = { DATABASE_URL_FILE: file, DATABASE_REPLICA_URLS_FILE: replicas };
    const { databaseUrl, replicaUrls } = loadConfig(files);
    expect([databaseUrl, replicaUrls]).toEqual([url, [url.replace('db.', 'standby.')]]);

    await writeFile(file, 'mysql://root:hunter2@host/db');
    await writeFile(replicas, '');
    expect(() => loadConfig({ ...files, PORT: 'x', MODELDB_ADMIN_KEY_FILE: folder.path })).toThrow(
      /^The configuration is wrong:\n {2}- MODELDB_ADMIN_KEY_FILE cannot be read \(EISDIR\)\n(?:(?!hunter2)[^])*DATABASE_URL_FILE has a content that (?:(?!hunter2)[^])*DATABASE_REPLICA_URLS_FILE has a content that (?:(?!hunter2)[^])*$/,
    );
  });

  it('lists every problem in plain words, without secrets', () => {
    const load = () =>
      loadConfig({
        PORT: '80000',
        LOG_LEVEL: 'loud',
        DATABASE_URL: 'mysql://root:hunter2@host/db',
        DATABASE_POOL_SIZE: '1.5',
        MAX_BODY_BYTES: 'many',
        HOST: 'a b',
      });
    expect(load).toThrow(StartupError);
    try {
      load();
    } catch (error) {
      expect((error as Error).message.split('\n')).toEqual([
        'The configuration is wrong:',
        '  - HOST must be a host name or an IP address (it is "a b")',
        '  - PORT must be a whole number from 0 to 65535 (it is "80000")',
        '  - LOG_LEVEL must be one of fatal, error, warn, info, debug, trace, silent (it is "loud")',
        '  - DATABASE_URL must look like postgresql://user:password@host:5432/database',
        '  - DATABASE_POOL_SIZE must be a whole number from 1 to 1000 (it is "1.5")',
        '  - MAX_BODY_BYTES must be a whole number from 1024 to 1073741824 (it is "many")',
      ]);
    }
  });

  it.each([
    ['postgresql://u:s3cr%ZZ@h/db', 'has a "%" in its user, password or database'],
    ['postgresql://u:s3cr%FFet@h/db', 'has a "%" in its user, password or database'],
    ['postgresql://u:s3cret@h/d%b', 'has a "%" in its user, password or database'],
    ['postgresql://u:s3cret@h/db?sslmode=bogus', 'has an sslmode that is none of disable, prefer'],
    ['postgresql://u:s3cret@h/db?sslmode=', 'has an sslmode that is none of disable, prefer'],
    ['s3cret', 'must look like postgresql://'],
    ['postgresql://h,,s3cret/db', 'has a host without a name'],
    ['postgresql://u:s3cret@h:1,i:x/db', 'must look like postgresql://'],
    ['postgresql://u:s3cret@h/db?target_session_attrs=any', 'has a target_session_attrs that is'],
  ])('refuses the DATABASE_URL %s, without showing its password', (url, problem) => {
    const load = () => loadConfig({ DATABASE_URL: url, PORT: 'x' });
    expect(load).toThrow(StartupError);
    expect(load).toThrow(`  - DATABASE_URL ${problem}`);
    expect(load).toThrow('  - PORT must be');
    expect(load).not.toThrow(/s3cr/);
  });

  it.each([
    'postgresql://u%40x:s3cr%25@h:1/d%20b?sslmode=verify-full&sslrootcert=/ca.pem',
    'postgres://h',
    'postgres://h?sslmode=disable',
    'postgres://u:a,b@h:1,[::1]:2,i/d?target_session_attrs=read-write',
  ])('takes the DATABASE_URL %s', (url) => {
    expect(loadConfig({ DATABASE_URL: url }).databaseUrl).toBe(url);
  });

  it.each([
    ['postgres://u:s3cret@a,postgres://u:s3cret@b,c', 'has a URL of several hosts'],
    ['postgres://u:s3cret@a/d?target_session_attrs=any', 'has a target_session_attrs'],
    ['postgres://u:s3cret@a,mysql://u:s3cret@b', 'must look like postgresql://'],
  ])('refuses the DATABASE_REPLICA_URLS %s, without showing a password', (urls, problem) => {
    const load = () => loadConfig({ DATABASE_REPLICA_URLS: urls });
    expect(load).toThrow(`  - DATABASE_REPLICA_URLS ${problem}`);
    expect(load).not.toThrow(/s3cr/);
  });

  it('takes the URLs of replicas', () => {
    const urls = ['postgres://u:a,b@h:1/d?sslmode=disable', 'postgresql://i'];
    const settings = { DATABASE_REPLICA_URLS: urls.join(',') };
    expect(loadConfig({ ...settings, DATABASE_URL: 'postgres://h' }).replicaUrls).toEqual(urls);
    expect(() => loadConfig(settings)).toThrow('  - DATABASE_REPLICA_URLS needs DATABASE_URL');
  });

  it('tells the hosts of a DATABASE_URL apart', () => {
    const one = 'postgres://u:a,b@h:1/d?x=1,2';
    expect(oneUrlPerHost(one)).toEqual([one]);
    expect(oneUrlPerHost('postgres://u:a,b@h:1,[::1]:2,i/d?x=1,2')).toEqual([
      'postgres://u:a,b@h:1/d?x=1,2',
      'postgres://u:a,b@[::1]:2/d?x=1,2',
      'postgres://u:a,b@i/d?x=1,2',
    ]);
  });

  it('is documented in the README, every variable with its default', async () => {
    const readme = await readFile(new URL('../../README.md', import.meta.url), 'utf8');
    const defaults = environmentSchema.parse({}) as Record<string, unknown>;
    for (const name of Object.keys(environmentSchema.shape)) {
      const row = readme.split('\n').find((line) => line.startsWith(`| \`${name}\``));
      expect([name, row]).toEqual([name, expect.any(String)]);
      if (name in defaults) expect(row).toContain(`\`${String(defaults[name])}\``);
    }
  });
});
