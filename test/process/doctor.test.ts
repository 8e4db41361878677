import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, jest } from '@jest/globals';
import { migrate, startEmbeddedPostgres } from '#database';
import pg from 'pg';
import { modeldb } from '../support/command-line.js';

jest.setTimeout(60_000);

it('modeldb doctor finds an installation sound, and not when something is broken', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'modeldb-doctor-'));
  const postgres = await startEmbeddedPostgres({ dataDir, log: () => undefined });
  const environment = { MODELDB_DATA_DIR: dataDir };
  try {
    await migrate(postgres.url);
    const checks = ['configuration', 'database', 'migrations', 'server', 'schema', 'bloat'];
    const ok = [...checks, 'numbers', 'audit'].map((check) => `ok             ${check}\n`).join('');
    expect(await modeldb(['doctor'], environment)).toEqual({
      exit: 0,
      stdout: `${ok}The installation is sound.\n`,
      stderr: '',
    });
    const client = new pg.Client({ connectionString: postgres.url });
    await client.connect();
    await client.query('DROP INDEX ix_models_created');
    await client.end();
    const broken = await modeldb(['doctor', '--quick', '--json'], environment);
    expect([broken.exit, JSON.parse(broken.stdout)]).toEqual([
      1,
      {
        is_sound: false,
        checked: checks,
        findings: [
          {
            check: 'schema',
            severity: 'problem',
            message: 'The index ix_models_created is missing.',
            remedy:
              'CREATE INDEX CONCURRENTLY ix_models_created ON models USING btree (created_datetime, model_id);',
          },
        ],
      },
    ]);
  } finally {
    await postgres.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
});
