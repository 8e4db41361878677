import { readdir, readFile, stat } from 'node:fs/promises';
import {
  afterAll,
  afterEach,
  beforeAll,
  beforeEach,
  describe,
  expect,
  it,
  jest,
} from '@jest/globals';
import { exportArchive } from '../../apps/cli/src/archive/export-archive.js';
import { place, type Place } from '../support/archives.js';
import { untilBlocked } from '../support/barrier.js';
import { modeldb, startModeldb } from '../support/command-line.js';
import { createDatabase, type TestDatabase } from '../support/database.js';

// Each test starts a process or more.
jest.setTimeout(60_000);

let folders: Place;
let source: TestDatabase;
let target: TestDatabase;
beforeAll(async () => {
  [folders, source] = await Promise.all([place(), createDatabase()]);
  await source.sql.query(
    `INSERT INTO projects (project_id, project_name) VALUES ('p', 'p');
     INSERT INTO api_keys (key_id, name, role, digest, created_by) VALUES ('k', 'k', 'admin', 'd1ge5t', 'x')`,
  );
});
afterAll(() => Promise.all([folders[Symbol.asyncDispose](), source.drop()]));
beforeEach(async () => {
  target = await createDatabase();
});
afterEach(() => target.drop());

const of = ({ url }: TestDatabase) => ({ DATABASE_URL: url });
const exists = (path: string) =>
  stat(path).then(
    () => true,
    () => false,
  );

describe('modeldb export and modeldb import', () => {
  it('move everything, without keys when told so, and check it without a database', async () => {
    const folder = folders.in('moved');
    const exported = await modeldb(['export', folder, '--without-keys'], of(source));
    expect([exported.exit, exported.stderr]).toEqual([0, '']);
    expect(exported.stdout).toMatch(
      /^Exported 1 row of 9 tables \(\d+ bytes\), as they were at [-\dT:.]+Z, into /,
    );
    const texts = (await readdir(folder)).map((name) => readFile(`${folder}/${name}`, 'utf8'));
    expect((await Promise.all(texts)).join('')).not.toContain('d1ge5t');
    const verified = await modeldb(['import', folder, '--verify-only']);
    expect([verified.exit, verified.stderr]).toEqual([0, '']);
    expect(verified.stdout).toMatch(/^The files are what was exported: 1 row /);
    const tried = await modeldb(['import', folder, '--dry-run', '--json'], of(target));
    expect([tried.exit, JSON.parse(tried.stdout)]).toMatchObject([
      0,
      { dry_run: true, rows: 1, tables: { projects: 1, models: 0 }, audit: { is_sound: true } },
    ]);
    const imported = await modeldb(['import', folder], of(target));
    expect([imported.exit, imported.stderr]).toEqual([0, '']);
    expect(imported.stdout.split('\n').slice(1)).toEqual([
      'It is byte for byte what was exported, and its audit is as it was sealed.',
      'API keys were left out of the export: make new ones.',
      '',
    ]);
    const again = await modeldb(['import', folder], of(target));
    expect([again.exit, again.stderr]).toEqual([
      2,
      expect.stringContaining('The database is not empty: projects has rows.'),
    ]);
  });

  it('name what is wrong with an archive, and end with 1', async () => {
    expect(await modeldb(['import', folders.in('none')], of(target))).toEqual({
      exit: 1,
      stdout: '',
      stderr:
        'ARCHIVE_INCOMPLETE: There is no manifest.json: the folder is no archive, or not a whole one.\nNothing was imported.\n',
    });
  });
});

describe('an export that is cut off', () => {
  /** It waits for a table when some are written already. */
  async function cutOff(folder: string, signal: NodeJS.Signals) {
    await source.sql.query('BEGIN; LOCK TABLE metric_points IN ACCESS EXCLUSIVE MODE');
    const running = startModeldb(['export', folder], of(source));
    await untilBlocked(source.sql, 1);
    running.signal(signal);
    const ended = await running.ended;
    await source.sql.query('ROLLBACK');
    return ended;
  }

  it('by Ctrl-C leaves nothing', async () => {
    const folder = folders.in('interrupted');
    const stderr = 'Interrupted: nothing of the export is left.\n';
    expect(await cutOff(folder, 'SIGINT')).toEqual({ exit: 130, stdout: '', stderr });
    expect(await exists(folder)).toBe(false);
  });

  it('by kill -9 is not taken for an archive', async () => {
    const folder = folders.in('killed');
    await cutOff(folder, 'SIGKILL');
    expect(await exists(`${folder}/projects.ndjson`)).toBe(true);
    const { exit, stderr } = await modeldb(['import', folder, '--verify-only', '--json']);
    expect([exit, stderr]).toEqual([1, '']);
  });
});

describe('an import that is cut off', () => {
  it('leaves nothing, also when everything was there but the end of its transaction', async () => {
    const folder = folders.in('cut-off');
    await exportArchive(source.url, folder);
    for (const [signal, exit] of [
      ['SIGKILL', 'SIGKILL'],
      ['SIGTERM', 143],
    ] as const) {
      // The last thing that it does before that is to set this.
      await target.sql.query('BEGIN; ALTER SEQUENCE audit_events_event_id_seq CACHE 1');
      const running = startModeldb(['import', folder], of(target));
      await untilBlocked(target.sql, 1);
      running.signal(signal);
      expect((await running.ended).exit).toBe(exit);
      await target.sql.query('ROLLBACK');
    }
    expect((await target.sql.query('SELECT FROM projects')).rowCount).toBe(0);
    expect((await modeldb(['import', folder], of(target))).exit).toBe(0);
  });
});
