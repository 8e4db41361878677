import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { modeldb } from '../support/command-line.js';
import { createDatabase, type TestDatabase } from '../support/database.js';

// Each test starts a process or more.
jest.setTimeout(60_000);

describe('modeldb migrate', () => {
  let test: TestDatabase;
  beforeEach(async () => {
    test = await createDatabase('template0');
  });
  afterEach(() => test.drop());
  const run = (...args: string[]) => modeldb(['migrate', ...args], { DATABASE_URL: test.url });

  it('brings the schema up to date, and tells what is pending', async () => {
    const before = await run('status');
    expect(before.exit).toBe(1);
    expect(before.stdout).toMatch(/^pending {2}Initial1764000000000\n/);
    expect(before.stdout).toMatch(/To run those that are pending: modeldb migrate up\n$/);
    const up = await run('up');
    expect([up.exit, up.stdout]).toEqual([
      0,
      expect.stringMatching(/^ran {2}Initial1764000000000\n[^]+The schema is up to date\.\n$/),
    ]);
    await test.sql.query(`INSERT INTO migrations (timestamp, name) VALUES (1, 'Later1')`);
    const newer = await run('status', '--json');
    expect([newer.exit, JSON.parse(newer.stdout)]).toMatchObject([
      1,
      { pending: [], unknown: ['Later1'] },
    ]);
  });
});

describe('modeldb purge', () => {
  it('counts first, and deletes then', async () => {
    const test = await createDatabase();
    await test.sql.query(
      `INSERT INTO projects (project_id, project_name, deleted_datetime) VALUES ('p', 'p', now() - interval '3 days')`,
    );
    const run = (...args: string[]) =>
      modeldb(['purge', '--older-than', ...args], { DATABASE_URL: test.url });
    expect((await run('2d', '--dry-run')).stdout).toBe(
      'Would purge 1 project, 0 models, 0 experiments, 0 metric points.\n',
    );
    const done = await run('2d', '--json');
    await test.drop();
    expect([done.exit, JSON.parse(done.stdout)]).toEqual([
      0,
      { dry_run: false, projects: 1, models: 0, experiments: 0, points: 0 },
    ]);
  });

  it('needs to know how old, in so many words', async () => {
    const { exit, stderr } = await modeldb(['purge', '--older-than', '1 month']);
    expect([exit, stderr]).toEqual([2, expect.stringContaining('It must be a duration like 30d')]);
  });
});
