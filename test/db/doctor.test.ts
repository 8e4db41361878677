import 'reflect-metadata';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { sealEvents } from '#audit';
import { connect } from '#database';
import { diagnose } from '../../apps/cli/src/doctor/diagnose.js';
import { isSound, type Check } from '../../apps/cli/src/doctor/finding.js';
import { createDatabase, type TestDatabase } from '../support/database.js';

let test: TestDatabase;
beforeEach(async () => {
  test = await createDatabase();
});
afterEach(() => test.drop());

const look = (environment: NodeJS.ProcessEnv = {}, bloatFromBytes?: number) =>
  diagnose(
    { DATABASE_URL: test.url, ...environment },
    { quick: false, show: () => undefined, ...(bloatFromBytes && { bloatFromBytes }) },
  );

/** What is found, the settings of the tests' own PostgreSQL set aside. */
async function found(check: Check, ...given: Parameters<typeof look>) {
  const diagnosis = await look(...given);
  const others = diagnosis.findings.filter((finding) => finding.check !== check);
  expect(others.filter((finding) => finding.check !== 'server')).toEqual([]);
  return diagnosis.findings
    .filter((finding) => finding.check === check)
    .map(({ message, remedy }) => [message, remedy]);
}

describe('the doctor', () => {
  it('looks at everything, and finds nothing where nothing is wrong but a PostgreSQL made for tests', async () => {
    const { checked, findings } = await look();
    expect(checked).toEqual([
      ...['configuration', 'database', 'migrations', 'server', 'schema', 'bloat', 'numbers'],
      'audit',
    ]);
    expect(findings.map(({ severity, message }) => [severity, message.split(' ')[0]])).toEqual([
      ['problem', 'fsync'],
      ['problem', 'full_page_writes'],
      ['warning', 'synchronous_commit'],
    ]);
  });

  it('names every wrong setting of the configuration, and looks no further', async () => {
    const diagnosis = await look({ PORT: 'x', DATABASE_POOL_SIZE: '0' });
    expect(isSound(diagnosis)).toBe(false);
    expect(diagnosis.checked).toEqual(['configuration']);
    expect(diagnosis.findings[0]?.message).toMatch(/PORT [^]+DATABASE_POOL_SIZE /);
  });

  it('says that the database is away', async () => {
    const url = 'postgresql://u:hunter2@127.0.0.1:1/x';
    const { checked, findings } = await look({ DATABASE_URL: url });
    expect(checked).toEqual(['configuration', 'database']);
    expect(findings[0]?.message).toContain('nothing listens there');
    expect(JSON.stringify(findings)).not.toContain('hunter2');
  });

  it('says which migrations are pending, and which it does not know', async () => {
    await test.sql.query(
      `DELETE FROM migrations WHERE name LIKE 'Audit%';
       INSERT INTO migrations (timestamp, name) VALUES (1, 'Later1')`,
    );
    expect(await found('migrations')).toEqual([
      ['The schema is that of a newer release (Later1).', 'Use that release.'],
      [expect.stringMatching(/^Migrations are pending: Audit\d+\.$/), 'modeldb migrate up'],
    ]);
  });

  it('says that there are too few connections, and that nothing can be written', async () => {
    await test.sql.query(
      `DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET default_transaction_read_only = on', current_database()); END $$`,
    );
    const messages = (await found('server', { DATABASE_POOL_SIZE: '900' })).map(
      ([message]) => message,
    );
    expect(messages).toContainEqual(expect.stringContaining('The server takes no writes'));
    expect(messages).toContainEqual(
      expect.stringMatching(/may open 904 connections, PostgreSQL has 297/),
    );
  });

  it('names replicas that the service would leave out, without their passwords', async () => {
    const dead = 'postgresql://u:hunter2@127.0.0.1:1/x';
    const findings = await found('server', { DATABASE_REPLICA_URLS: `${test.url},${dead}` });
    const ours = findings.filter(([message]) => message?.includes('replica'));
    expect(ours).toEqual([
      [expect.stringMatching(/^The replica at .* is no standby\.$/), expect.any(String)],
      ['The replica at postgresql://127.0.0.1:1/x does not answer.', expect.any(String)],
    ]);
  });

  it('names what is missing or not in force, and its remedies help', async () => {
    await test.sql.query(
      `DROP INDEX uq_models_project_id_name;
       ALTER TABLE experiments DROP CONSTRAINT ck_experiments_parameters;
       ALTER TABLE audit_events DISABLE TRIGGER tr_audit_events_refuse;
       UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'ix_experiments_created'::regclass`,
    );
    const findings = await found('schema');
    expect(findings.map(([message]) => message)).toEqual([
      'The constraint ck_experiments_parameters is missing.',
      'The index ix_experiments_created is there, but not in force.',
      'The trigger tr_audit_events_refuse is there, but not in force.',
      'The index uq_models_project_id_name is missing.',
    ]);
    for (const [, remedy = ''] of findings) await test.sql.query(remedy);
    expect(await found('schema')).toEqual([]);
  });

  it('names indexes that are much larger than they need to be', async () => {
    await test.sql.query(
      `INSERT INTO projects (project_id, project_name) SELECT i, i FROM generate_series(1, 5000) i;
       DELETE FROM projects WHERE project_id > '2'`,
    );
    await test.sql.query('VACUUM ANALYZE projects');
    const findings = await found('bloat', {}, 65_536);
    expect(findings).toContainEqual([
      expect.stringMatching(
        /^The index pk_projects takes \d+ kB; made anew, it would take about \d+ kB\.$/,
      ),
      'REINDEX INDEX CONCURRENTLY pk_projects;',
    ]);
    for (const [, remedy = ''] of findings) await test.sql.query(remedy);
    expect(await found('bloat', {}, 65_536)).toEqual([]);
  });

  it('says that the index of numbers is out of step', async () => {
    await test.sql.query(
      `INSERT INTO projects (project_id, project_name) VALUES ('p', 'p');
       INSERT INTO models (model_id, project_id, model_name) VALUES ('m', 'p', 'm');
       INSERT INTO experiments (experiment_id, project_id, model_id, model_version_id, evaluations)
         VALUES ('e', 'p', 'm', 'v', '{"accuracy": 0.9}')`,
    );
    expect(await found('numbers')).toEqual([
      [expect.stringContaining('documents of 1 experiment:'), 'modeldb check evaluations --repair'],
    ]);
  });

  it('says that the audit was altered', async () => {
    await test.sql.query(
      `INSERT INTO audit_events (occurred, actor, method, action, entity_type, entity_id)
       VALUES (clock_timestamp(), 'a', 'none', 'x', 'x', 'x')`,
    );
    await using connection = await connect({
      databaseUrl: test.url,
      poolSize: 1,
      poolWaitMs: 10_000,
      queueSize: 10,
      statementTimeoutMs: 15_000,
    });
    // Transactions of other tests may keep events from being sealed for a while.
    let seals = 0;
    while (seals === 0) await sealEvents(connection.database, () => (seals += 1));
    await test.sql.query(
      `BEGIN; SET LOCAL session_replication_role = replica; UPDATE audit_events SET actor = 'mallory'; COMMIT`,
    );
    expect(await found('audit')).toEqual([
      [
        'The audit is not as it was sealed: event_altered.',
        expect.stringContaining('audit verify'),
      ],
    ]);
  });
});
