import { mkdirSync, readFileSync, readdirSync, statSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import {
  clusterOf,
  postmasterPid,
  processesIn,
  sharedFolder,
  temporaryFolder,
} from './support/data-folder.js';
import { query, start } from './support/start.js';

const data = sharedFolder();
const mode = (path: string) => (statSync(path).mode & 0o777).toString(8);

/** Variables that mean another server. */
const foreign = {
  PGHOST: '203.0.113.1',
  PGPORT: '1',
  PGUSER: 'somebody',
  PGPASSWORD: 'wrong',
  PGDATABASE: 'elsewhere',
  PGDATA: '/nonexistent',
  PGSSLMODE: 'require',
  PGOPTIONS: '-c default_transaction_read_only=on',
};

describe('A first start', () => {
  it('makes a data folder that is closed to others, with nothing left over in it', async () => {
    const dataDir = join(temporaryFolder(), 'below', 'data');
    await start(dataDir);
    expect(readdirSync(dataDir).sort()).toEqual(['password', 'postgres', 'postgres.log']);
    expect(
      ['', 'password', 'postgres', 'postgres.log'].map((name) => mode(join(dataDir, name))),
    ).toEqual(['700', '600', '700', '600']);
  });

  it('works in a folder with any name, even when PG* variables mean another server', async () => {
    const dataDir = join(temporaryFolder(), `it's "a" $(näme)`);
    mkdirSync(dataDir);
    Object.assign(process.env, foreign);
    try {
      const { url } = await start(dataDir);
      expect(await query(url, 'SELECT current_user AS name')).toEqual([{ name: 'modeldb' }]);
    } finally {
      for (const name of Object.keys(foreign)) Reflect.deleteProperty(process.env, name);
    }
  });
});

describe('The embedded PostgreSQL', () => {
  it('has a database that keeps any text, in code point order', async () => {
    const { url } = await start(data);
    expect(new URL(url).pathname).toBe('/modeldb');
    const [database] = await query(
      url,
      `SELECT current_database() AS name, current_user AS owner, pg_encoding_to_char(encoding) AS encoding,
         datlocprovider AS provider, datlocale AS locale
       FROM pg_database WHERE datname = current_database()`,
    );
    expect(database).toEqual({
      name: 'modeldb',
      owner: 'modeldb',
      encoding: 'UTF8',
      provider: 'b',
      locale: 'C.UTF-8',
    });
  });

  it('takes settings, except those that would open another way in', async () => {
    const settings = { max_connections: '37', listen_addresses: '0.0.0.0', port: '1' };
    const { url } = await start(data, settings);
    expect(
      await query(
        url,
        `SELECT name, setting FROM pg_settings WHERE name IN
           ('listen_addresses', 'unix_socket_directories', 'log_checkpoints', 'max_connections') ORDER BY name`,
      ),
    ).toEqual([
      { name: 'listen_addresses', setting: '127.0.0.1' },
      { name: 'log_checkpoints', setting: 'off' },
      { name: 'max_connections', setting: '37' },
      { name: 'unix_socket_directories', setting: '' },
    ]);
  });

  it('lets nobody in without the password, and keeps that in its file alone', async () => {
    const { url, logs } = await start(data);
    const password = readFileSync(join(data, 'password'), 'utf8');
    expect(Buffer.from(password, 'base64url')).toHaveLength(32);
    await expect(query(url.replace(password, 'guessed'), 'SELECT')).rejects.toMatchObject({
      code: '28P01',
    });
    expect(await query(url, 'SELECT DISTINCT auth_method FROM pg_hba_file_rules')).toEqual([
      { auth_method: 'scram-sha-256' },
    ]);
    const said = [readFileSync(join(data, 'postgres.log'), 'utf8'), ...logs];
    for (const pid of processesIn(clusterOf(data))) {
      said.push(readFileSync(`/proc/${pid}/cmdline`, 'utf8'));
      said.push(readFileSync(`/proc/${pid}/environ`, 'utf8'));
    }
    expect(said.length).toBeGreaterThan(3);
    expect(said.join()).not.toContain(password);
  });

  it('is ended in order by stop, and finds its data again at the next start', async () => {
    const first = await start(data);
    await query(first.url, 'CREATE TABLE kept AS SELECT 42 AS answer');
    const pid = postmasterPid(data);
    await first.stop();
    expect(processesIn(clusterOf(data))).toEqual([]);
    expect(() => postmasterPid(data)).toThrow('ENOENT');

    const second = await start(data);
    expect(await query(second.url, 'TABLE kept')).toEqual([{ answer: 42 }]);
    expect(postmasterPid(data)).not.toBe(pid);
    expect(readFileSync(join(data, 'postgres.log'), 'utf8')).not.toContain(
      'not properly shut down',
    );
  });

  it('puts a log aside that has grown large', async () => {
    await (await start(data)).stop();
    const log = join(data, 'postgres.log');
    truncateSync(log, 11 * 1024 * 1024);
    await start(data);
    expect(statSync(`${log}.old`).size).toBe(11 * 1024 * 1024);
    expect(statSync(log).size).toBeLessThan(10_000);
  });
});
