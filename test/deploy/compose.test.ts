import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { environmentSchema } from '#config';
import { parse } from 'yaml';

const text = readFileSync('docker-compose.yml', 'utf8');
const { services, volumes, secrets } = parse(text);
const { modeldb, database } = services;

describe('docker-compose.yml', () => {
  it('starts the service once PostgreSQL takes connections over the network', () => {
    expect(modeldb.depends_on).toEqual({ database: { condition: 'service_healthy' } });
    expect(database.healthcheck.test).toEqual(
      expect.arrayContaining(['CMD', 'pg_isready', '--host=127.0.0.1']),
    );
  });

  it('asks the service whether it is ready', () => {
    const [how, node, flag, script] = modeldb.healthcheck.test;
    expect([how, node, flag]).toEqual(['CMD', 'node', '-e']);
    expect(script).toContain("'http://127.0.0.1:8000/health/ready'");
  });

  it('keeps the data of PostgreSQL 18 in a named volume, where that image wants it', () => {
    expect(database.image).toBe('postgres:18');
    expect(database.volumes).toEqual(['database:/var/lib/postgresql']);
    expect(volumes).toEqual({ database: null });
  });

  it('points the service at that PostgreSQL', () => {
    const url = new URL(modeldb.environment.DATABASE_URL.replace(/\$\{.*\}/, 'secret'));
    expect(url.host).toBe('database:5432');
    expect(url.username).toBe(database.environment.POSTGRES_USER);
    expect(url.pathname).toBe(`/${String(database.environment.POSTGRES_DB)}`);
  });

  it('holds no password and no key, and demands them', () => {
    expect(database.environment.POSTGRES_PASSWORD).toMatch(/^\$\{POSTGRES_PASSWORD:\?.+\}$/);
    expect(modeldb.environment.DATABASE_URL).toMatch(
      /:\/\/modeldb:\$\{POSTGRES_PASSWORD:\?[^}]+\}@/,
    );
  });

  it('hands the key of the administrator over as a secret, which is a file outside of the repository', () => {
    const [name, ...others] = modeldb.secrets;
    expect([others, Object.keys(secrets)]).toEqual([[], [name]]);
    expect(modeldb.environment).toMatchObject({ MODELDB_ADMIN_KEY_FILE: `/run/secrets/${name}` });
    expect(modeldb.environment.MODELDB_ADMIN_KEY).toBeUndefined();
    // From a variable it could not be put into a container whose file system is read-only.
    expect(Object.keys(secrets[name])).toEqual(['file']);
    const [, folder] = /^\.\/(\w+)\//.exec(secrets[name].file) ?? [];
    expect(readFileSync('.gitignore', 'utf8').split('\n')).toContain(`${folder}/`);
    for (const file of ['docker-compose.yml', 'README.md']) {
      expect(readFileSync(file, 'utf8')).toContain(`> ${secrets[name].file.slice(2)} && chmod 644`);
    }
  });

  it('sets nothing that the service does not know', () => {
    const names = Object.keys(modeldb.environment);
    expect(names.filter((one) => !(one in environmentSchema.shape))).toEqual([]);
  });

  it('lets only this machine reach the service, and nobody PostgreSQL', () => {
    expect(modeldb.ports).toEqual(['127.0.0.1:8000:8000']);
    expect(database.ports).toBeUndefined();
  });

  it('gives the service no right that it does not need', () => {
    expect(modeldb).toMatchObject({
      user: 'node',
      read_only: true,
      tmpfs: ['/tmp'],
      cap_drop: ['ALL'],
      security_opt: ['no-new-privileges:true'],
    });
    expect(database.security_opt).toEqual(['no-new-privileges:true']);
    expect(text).not.toContain('privileged: true');
  });

  it('forwards signals, and waits longer than the service takes to finish its requests', () => {
    expect(modeldb).toMatchObject({ init: true, stop_grace_period: '30s' });
  });
});
