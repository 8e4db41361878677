import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type pg from 'pg';
import { importArchive } from '../../apps/cli/src/archive/import-archive.js';
import type { ImportOptions } from '../../apps/cli/src/archive/import-steps.js';
import { StoredArchive } from '../../apps/cli/src/archive/stored-archive.js';
import { verifyArchive } from '../../apps/cli/src/archive/verify-archive.js';

/** A folder of a test's own. */
export interface Place extends AsyncDisposable {
  readonly path: string;
  /** A path in it at which nothing is yet. */
  in(name: string): string;
}

export async function place(): Promise<Place> {
  const path = await mkdtemp(join(tmpdir(), 'modeldb-archive-'));
  return {
    path,
    in: (name) => join(path, name),
    [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }),
  };
}

/** As the command does it. */
export async function importFrom(folder: string, url: string, options: ImportOptions = {}) {
  const archive = await StoredArchive.open(folder);
  await verifyArchive(archive, {});
  return importArchive(url, archive, options);
}

/** The files of an archive, byte for byte, without the manifest: that tells when it was made. */
export async function filesOf(folder: string): Promise<Record<string, string>> {
  const names = (await readdir(folder)).filter((name) => name !== 'manifest.json').sort();
  const texts = names.map((name) => readFile(join(folder, name), 'latin1'));
  return Object.fromEntries(
    (await Promise.all(texts)).map((text, index) => [names[index], text] as const),
  );
}

export async function manifestOf(folder: string): Promise<Record<string, unknown>> {
  const text = await readFile(join(folder, 'manifest.json'), 'utf8');
  return JSON.parse(text) as Record<string, unknown>;
}

/** All rows of all tables but those named, as PostgreSQL writes rows: by another way than an export takes. */
export async function allRows(
  sql: pg.Client,
  without: readonly string[],
): Promise<Record<string, string[]>> {
  const { rows: tables } = await sql.query<{ name: string }>(
    `SELECT table_name AS name FROM information_schema.tables
     WHERE table_schema = 'public' AND table_type = 'BASE TABLE' ORDER BY 1`,
  );
  const all: Record<string, string[]> = {};
  for (const { name } of tables.filter((table) => !without.includes(table.name))) {
    const { rows } = await sql.query<{ row: string }>(
      `SELECT t::text AS row FROM ${name} t ORDER BY t::text COLLATE "C"`,
    );
    all[name] = rows.map(({ row }) => row);
  }
  return all;
}
