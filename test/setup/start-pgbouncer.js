import { spawn } from 'node:child_process';
import { chown, mkdtemp, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import startPostgres from './start-postgres.js';

/** PgBouncer refuses to be root. */
const NOBODY = 65_534;

/**
 * The PostgreSQL of the run, with a PgBouncer before it that pools by transaction: that
 * takes another connection for each transaction, and replaces each after a second, so what is left on one is not found again.
 */
export default async function startPgBouncer() {
  await startPostgres();
  const direct = new URL(process.env.MODELDB_TEST_POSTGRES);
  const port = await freePort();
  const folder = await mkdtemp(join(tmpdir(), 'modeldb-pgbouncer-'));
  const file = join(folder, 'pgbouncer.ini');
  const users = join(folder, 'users.txt');
  const settings = {
    listen_addr: '127.0.0.1',
    listen_port: port,
    unix_socket_dir: '',
    // Whoever comes is asked for a password of PostgreSQL's, and is the same user there.
    auth_type: 'scram-sha-256',
    auth_user: direct.username,
    auth_file: users,
    pool_mode: 'transaction',
    default_pool_size: 30,
    max_client_conn: 1000,
    server_round_robin: 1,
    server_lifetime: 1,
    ...(process.env.MODELDB_TEST_NAMES !== 'off' && { max_prepared_statements: 200 }),
  };
  const lines = Object.entries(settings).map(([name, value]) => `${name} = ${value}`);
  const target = `host=127.0.0.1 port=${direct.port}`;
  const contents = ['[databases]', `* = ${target}`, '[pgbouncer]', ...lines, ''].join('\n');
  const password = decodeURIComponent(direct.password);
  await writeFile(file, contents, { mode: 0o600 });
  await writeFile(users, `"${direct.username}" "${password}"\n`, { mode: 0o600 });
  const isRoot = process.getuid() === 0;
  if (isRoot) for (const path of [folder, file, users]) await chown(path, NOBODY, NOBODY);
  const child = spawn(process.env.MODELDB_TEST_PGBOUNCER, ['-q', file], {
    stdio: ['ignore', 'ignore', 'inherit'],
    ...(isRoot && { uid: NOBODY, gid: NOBODY }),
  });
  globalThis.modeldbPgBouncer = { child, folder };
  await untilReady(child, Object.assign(new URL(direct), { port }).href);
  process.env.MODELDB_TEST_POOLER = String(port);
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  return port;
}

async function untilReady(child, url) {
  for (;;) {
    if (child.exitCode !== null) throw new Error('PgBouncer has ended: see above.');
    const client = new pg.Client({ connectionString: url });
    const isReady = await client.connect().then(
      () => true,
      () => false,
    );
    await client.end().catch(() => undefined);
    if (isReady) return;
    await delay(50);
  }
}
