import { MIGRATION_NAMES } from '#database';
import { VERSION } from '../version.js';
import { BEGIN_SNAPSHOT, nextIdentity, NOW } from './archive.sql.js';
import { ArchiveSession } from './archive-session.js';
import { fileOf, tablesOf } from './archive-parts.js';
import { manifestText, type ArchivedFile, type ManifestParts } from './manifest.js';
import { NewArchive } from './new-archive.js';
import { outsideFailure } from './outside-failure.js';
import { COUNTED } from './tables.js';
import { writeTable } from './table-content.js';

export interface ExportOptions {
  /** Leaves the digests of API keys out: no key will be good where the archive is imported. */
  readonly isWithoutKeys?: boolean;
  /** Is told how many rows of a table are written. */
  readonly onProgress?: (table: string, rows: number) => void;
  /** Ends it; nothing is left then. */
  readonly signal?: AbortSignal;
}

/**
 * Writes everything there is at one moment into a folder, in constant memory, while others go on to write.
 * @throws StartupError when the database or the folder cannot be used; the signal's reason when that is aborted
 */
export async function exportArchive(
  url: string,
  folder: string,
  options: ExportOptions = {},
): Promise<ManifestParts> {
  const { signal } = options;
  await using session = await ArchiveSession.open(url, signal);
  const archive = await NewArchive.in(folder);
  try {
    const parts = await writeTables(session, archive, options);
    signal?.throwIfAborted();
    await archive.finish(manifestText(parts));
    return parts;
  } catch (error) {
    await archive.discard();
    // Whatever breaks when the connection is closed, this is why.
    signal?.throwIfAborted();
    throw outsideFailure(error, 'The export failed, and nothing of it is left');
  }
}

async function writeTables(
  { client }: ArchiveSession,
  archive: NewArchive,
  { isWithoutKeys = false, onProgress }: ExportOptions,
): Promise<ManifestParts> {
  await client.query(BEGIN_SNAPSHOT);
  const { rows } = await client.query<{ now: string }>(NOW);
  const files: ArchivedFile[] = [];
  for (const table of tablesOf(isWithoutKeys)) {
    const onRows = (count: number): void => onProgress?.(table.table, count);
    const file = fileOf(table);
    const content = await archive.write(file, (to) => writeTable(client, table, to, onRows));
    files.push({ table: table.table, file, columns: Object.keys(table.columns), ...content });
  }
  return {
    modeldb_version: VERSION,
    migrations: [...MIGRATION_NAMES],
    snapshot_datetime: rows[0]?.now ?? '',
    is_without_keys: isWithoutKeys,
    // Read last, for others may count on: what they have taken is never given out again.
    next_identities: await nextIdentities(client),
    files,
  };
}

async function nextIdentities(client: ArchiveSession['client']): Promise<Record<string, string>> {
  const next: Record<string, string> = {};
  for (const table of COUNTED) {
    const { rows } = await client.query<{ next: string }>(nextIdentity(table));
    next[table.table] = rows[0]?.next ?? '1';
  }
  return next;
}
