import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import { cp, readFile, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { exportArchive } from '../../apps/cli/src/archive/export-archive.js';
import { allRows, importFrom, manifestOf, place, type Place } from '../support/archives.js';
import { threeSeals } from '../support/audited.js';
import { createDatabase, type TestDatabase } from '../support/database.js';

let folders: Place;
let target: TestDatabase;
let folder: string;
beforeAll(async () => {
  // One for all that is refused: that leaves it as it is.
  [folders, target] = await Promise.all([place(), createDatabase()]);
  await using audit = await threeSeals();
  await audit.test.sql.query(
    `INSERT INTO projects (project_id, project_name) VALUES ('p', 'p');
     INSERT INTO models (model_id, project_id, model_name) VALUES ('m', 'p', 'm');
     INSERT INTO experiments (experiment_id, project_id, model_id, model_version_id, evaluations)
       SELECT 'e' || i, 'p', 'm', 'v', '{"a": 1}' FROM generate_series(1, 9) i;
     INSERT INTO api_keys (key_id, name, role, digest, created_by) VALUES ('k', 'k', 'admin', 'd1ge5t', 'x')`,
  );
  await exportArchive(audit.test.url, folders.in('sound'));
  await audit.break(`UPDATE audit_events SET actor = 'somebody else' WHERE event_id = 3`);
  await exportArchive(audit.test.url, folders.in('altered'));
});
afterAll(() => Promise.all([folders[Symbol.asyncDispose](), target.drop()]));

let count = 0;
beforeEach(async () => {
  folder = folders.in(`hostile${String((count += 1))}`);
  await cp(folders.in('sound'), folder, { recursive: true });
});

type Json = Record<string, unknown>;
type File = Json & { table: string };

async function changeManifest(change: (manifest: Json & { files: File[] }) => void): Promise<void> {
  const manifest = (await manifestOf(folder)) as Json & { files: File[] };
  change(manifest);
  await writeFile(`${folder}/manifest.json`, JSON.stringify(manifest));
}

const fileOf = (files: File[], table: string): File => {
  const file = files.find((one) => one.table === table);
  if (!file) throw new Error(`There is no ${table}.`);
  return file;
};

/** Another content, and a manifest to which it is right. */
async function forge(table: string, change: (text: string) => string | Buffer): Promise<void> {
  const path = `${folder}/${table}.ndjson`;
  const bytes = Buffer.from(change(await readFile(path, 'utf8')));
  await writeFile(path, bytes);
  await changeManifest(({ files }) => {
    Object.assign(fileOf(files, table), {
      bytes: bytes.length,
      rows: bytes.toString('latin1').split('\n').length - 1,
      sha256: createHash('sha256').update(bytes).digest('hex'),
    });
  });
}

/** That an import is refused so, and nothing is there. */
async function expectRefused(code: string, message: string): Promise<void> {
  const empty = await allRows(target.sql, []);
  const error: unknown = await importFrom(folder, target.url).catch((reason: unknown) => reason);
  expect(error).toMatchObject({ code, message: expect.stringContaining(message) });
  expect(await allRows(target.sql, [])).toEqual(empty);
}

const PATHS = ['../projects.ndjson', '/etc/passwd', 'projects.ndjson\0', 'models.ndjson', ''];

describe('an archive whose manifest', () => {
  it.each<[string, string, string, (manifest: Json & { files: File[] }) => void]>([
    ['is of a later format', 'ARCHIVE_NEWER', 'format 2', (manifest) => (manifest['format'] = 2)],
    [
      'has members that are not known',
      'ARCHIVE_MANIFEST',
      'Unrecognized key',
      (manifest) => (manifest['more'] = 1),
    ],
    [
      'is of a newer schema',
      'ARCHIVE_NEWER',
      'Later1',
      (manifest) => (manifest['migrations'] = ['Later1']),
    ],
    ...PATHS.map((path): [string, string, string, (manifest: { files: File[] }) => void] => [
      `names the file ${JSON.stringify(path)}`,
      'ARCHIVE_MANIFEST',
      'exactly one file projects.ndjson',
      ({ files }) => (fileOf(files, 'projects')['file'] = path),
    ]),
    [
      'names a table twice',
      'ARCHIVE_MANIFEST',
      'exactly one file',
      ({ files }) => files.push(fileOf(files, 'models')),
    ],
    [
      'lacks a table',
      'ARCHIVE_MANIFEST',
      'exactly one file models.ndjson',
      ({ files }) => files.splice(2, 1),
    ],
    [
      'names a table of PostgreSQL',
      'ARCHIVE_MANIFEST',
      'a table that archives do not have: "pg_authid"',
      ({ files }) => files.push({ ...fileOf(files, 'models'), table: 'pg_authid' }),
    ],
    [
      'has one more column',
      'ARCHIVE_COLUMNS',
      'The table models',
      ({ files }) =>
        (fileOf(files, 'models')['columns'] as string[]).push('x); DROP TABLE projects; --'),
    ],
    [
      'has identities that are no numbers',
      'ARCHIVE_MANIFEST',
      'next_identities.audit_events',
      (manifest) => ((manifest['next_identities'] as Json)['audit_events'] = '1; SELECT 1'),
    ],
  ])('%s is refused: %s', async (_name, code, message, change) => {
    await changeManifest(change);
    await expectRefused(code, message);
  });

  it('is not there, or no JSON, is refused', async () => {
    await writeFile(`${folder}/manifest.json`, '{"format": 1');
    await expectRefused('ARCHIVE_MANIFEST', 'is not JSON');
    await rm(`${folder}/manifest.json`);
    await expectRefused('ARCHIVE_INCOMPLETE', 'There is no manifest.json');
  });
});

describe('an archive of which a file', () => {
  const path = (table: string) => `${folder}/${table}.ndjson`;

  it('is missing, cut off, or no file, is refused', async () => {
    await truncate(path('experiments'), 100);
    await expectRefused('ARCHIVE_SIZE', 'experiments.ndjson has 100 bytes');
    await rm(path('experiments'));
    await expectRefused('ARCHIVE_INCOMPLETE', 'There is no experiments.ndjson');
    await symlink('/dev/zero', path('experiments'));
    await expectRefused('ARCHIVE_UNREADABLE', 'experiments.ndjson is no file');
  });

  it('has one other byte is refused before anything is written', async () => {
    const bytes = await readFile(path('experiments'));
    bytes[30] = (bytes[30] ?? 0) ^ 1;
    await writeFile(path('experiments'), bytes);
    await expectRefused('ARCHIVE_CHECKSUM', 'experiments.ndjson is not what was exported');
  });

  it('has another number of rows than the manifest says is refused', async () => {
    await changeManifest(({ files }) => (fileOf(files, 'experiments')['rows'] = 8));
    await expectRefused('ARCHIVE_ROWS', 'experiments.ndjson has 9 lines, and 8 in the manifest');
  });

  it.each<[string, string, string, string, (text: string) => string | Buffer]>([
    ['is not JSON', 'ARCHIVE_NOT_STORABLE', 'SQLSTATE 22P02', 'models', () => '{"model_id"\n'],
    ['has an array for a row', 'ARCHIVE_NOT_STORABLE', 'SQLSTATE', 'models', () => '["m"]\n'],
    ['has an empty line', 'ARCHIVE_NOT_STORABLE', 'lines 1 to 2', 'models', (text) => `${text}\n`],
    [
      'does not end',
      'ARCHIVE_ROWS',
      'in the middle of a line',
      'models',
      (text) => text.slice(0, -1),
    ],
    [
      'is not UTF-8',
      'ARCHIVE_NOT_STORABLE',
      'SQLSTATE 22021',
      'models',
      () => Buffer.from([0x22, 0xff, 0x22, 0x0a]),
    ],
    [
      'has NUL in a text',
      'ARCHIVE_NOT_STORABLE',
      'SQLSTATE 22P05',
      'models',
      (text) => text.replace('"m"', String.raw`"\u0000"`),
    ],
    ['has a row twice', 'ARCHIVE_NOT_STORABLE', 'pk_projects', 'projects', (text) => text + text],
    [
      'breaks a rule of the table',
      'ARCHIVE_NOT_STORABLE',
      'ck_projects_tags',
      'projects',
      (text) => text.replace('}', ',"tags":[]}'),
    ],
    [
      'has no parent for its rows',
      'ARCHIVE_NOT_STORABLE',
      'fk_models_project_id',
      'projects',
      () => '',
    ],
    [
      'lacks a column',
      'ARCHIVE_NOT_STORABLE',
      'SQLSTATE 23502',
      'models',
      (text) => text.replace('model_name', 'name'),
    ],
    [
      'has one more column',
      'ARCHIVE_NOT_EQUAL',
      'models.ndjson',
      'models',
      (text) => text.replace('{', '{"extra":1,'),
    ],
    [
      'has one column twice',
      'ARCHIVE_NOT_EQUAL',
      'models.ndjson',
      'models',
      (text) => text.replace('{', '{"model_id":"n",'),
    ],
    [
      'has its rows in another order',
      'ARCHIVE_NOT_EQUAL',
      'experiments.ndjson',
      'experiments',
      (text) => text.trimEnd().split('\n').reverse().join('\n') + '\n',
    ],
    [
      'has a number that PostgreSQL writes otherwise',
      'ARCHIVE_NOT_EQUAL',
      'experiments.ndjson',
      'experiments',
      (text) => text.replace('{"a": 1}', '{"a": -0}'),
    ],
    [
      'has an event that was altered',
      'ARCHIVE_AUDIT',
      'event_altered, seal 2, event 3',
      'audit_events',
      (text) =>
        text
          .replace('"event_id":3,', '"event_id":3,')
          .replace(/("event_id":3,.*"actor":)"a"/, '$1"b"'),
    ],
    [
      'lacks an event',
      'ARCHIVE_AUDIT',
      'event_missing, seal 1, event 1',
      'audit_events',
      (text) => text.slice(text.indexOf('\n') + 1),
    ],
    [
      'has seals that were altered',
      'ARCHIVE_AUDIT',
      'seal_altered, seal 1',
      'audit_seals',
      (text) => text.replace(/"digest":"\\\\x../, String.raw`"digest":"\\x00`),
    ],
  ])('%s is refused: %s, %s', async (_, code, message, table, change) => {
    const before = await readFile(path(table));
    await forge(table, change);
    expect(before.equals(await readFile(path(table)))).toBe(false);
    await expectRefused(code, message);
  });
});

describe('an archive', () => {
  let empty: TestDatabase;
  beforeEach(async () => {
    empty = await createDatabase();
  });
  afterEach(() => empty.drop());

  it('whose audit was altered before the export is imported when that is said', async () => {
    await expect(importFrom(folders.in('altered'), empty.url)).rejects.toMatchObject({
      code: 'ARCHIVE_AUDIT',
    });
    const options = { isAuditAsItIs: true };
    const report = await importFrom(folders.in('altered'), empty.url, options);
    expect(report.finding).toMatchObject({ damage: 'event_altered', event_id: '3' });
    expect((await empty.sql.query('SELECT FROM audit_events')).rowCount).toBe(6);
  });

  it('does not get into a database that has something, nor into one of another schema', async () => {
    await empty.sql.query(
      `INSERT INTO api_keys (key_id, name, role, digest, created_by) VALUES ('k', 'k', 'admin', 'd', 'x')`,
    );
    await expect(importFrom(folder, empty.url)).rejects.toThrow('api_keys has rows');
    await empty.sql.query(`INSERT INTO migrations (timestamp, name) VALUES (1, 'Later1')`);
    await expect(importFrom(folder, empty.url)).rejects.toThrow('of a newer release');
    await expect(exportArchive(empty.url, folders.in('no'))).rejects.toThrow('of a newer release');
    await empty.sql.query(`DELETE FROM migrations WHERE id > 3`);
    await expect(importFrom(folder, empty.url)).rejects.toThrow('modeldb migrate up');
  });

  it('of an older release whose columns were the same is imported', async () => {
    await changeManifest((manifest) => (manifest['migrations'] as string[]).pop());
    await importFrom(folder, empty.url);
    expect((await empty.sql.query('SELECT FROM experiments')).rowCount).toBe(9);
  });

  it('is tried without leaving anything', async () => {
    const before = await allRows(empty.sql, []);
    const report = await importFrom(folder, empty.url, { isDry: true });
    expect(report).toMatchObject({ seals: 3, finding: null });
    expect(await allRows(empty.sql, [])).toEqual(before);
    const { rows } = await empty.sql.query('SELECT is_called FROM audit_events_event_id_seq');
    expect(rows).toEqual([{ is_called: false }]);
  });
});
