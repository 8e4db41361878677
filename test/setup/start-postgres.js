import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrate, startEmbeddedPostgres } from '#database';
import pg from 'pg';

/**
 * One PostgreSQL for the whole run, with one migrated database that every test file clones: a clone takes
 * milliseconds. Durability is switched off, except for the tests that are about it and start their own.
 */
export default async function startPostgres() {
  const dataDir = await mkdtemp(join(tmpdir(), 'modeldb-test-'));
  const settings = {
    fsync: 'off',
    synchronous_commit: 'off',
    full_page_writes: 'off',
    max_connections: '300',
  };
  const postgres = await startEmbeddedPostgres({ dataDir, log: () => undefined, settings });
  await migrate(postgres.url);
  const client = new pg.Client({ connectionString: postgres.url });
  await client.connect();
  await client.query('CREATE DATABASE modeldb_template TEMPLATE modeldb');
  await client.end();
  globalThis.modeldbPostgres = { postgres, dataDir };
  process.env.MODELDB_TEST_POSTGRES = postgres.url;
}
