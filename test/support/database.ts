import { randomBytes } from 'node:crypto';
import pg from 'pg';

/** A database of a test file's own, with the newest schema and no rows. */
export interface TestDatabase {
  readonly url: string;
  readonly sql: pg.Client;
  drop(): Promise<void>;
}

function serverUrl(): string {
  const url = process.env['MODELDB_TEST_POSTGRES'];
  if (url === undefined) throw new Error('Jest did not start PostgreSQL: see test/setup.');
  return url;
}

async function asAdmin(statement: string): Promise<void> {
  const admin = new pg.Client({ connectionString: serverUrl() });
  await admin.connect();
  try {
    await admin.query(statement);
  } finally {
    await admin.end();
  }
}

/**
 * @param template - `modeldb_template` is migrated, `template0` is empty
 * @param options - what else `CREATE DATABASE` is told
 */
export async function createDatabase(
  template = 'modeldb_template',
  options = '',
): Promise<TestDatabase> {
  const name = `test_${randomBytes(6).toString('hex')}`;
  await asAdmin(`CREATE DATABASE ${name} TEMPLATE ${template} ${options}`);
  const url = new URL(serverUrl());
  url.pathname = name;
  const sql = new pg.Client({ connectionString: url.href });
  await sql.connect();
  return {
    url: url.href,
    sql,
    drop: async () => {
      await sql.end();
      await asAdmin(`DROP DATABASE ${name} WITH (FORCE)`);
    },
  };
}
