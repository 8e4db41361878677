import { MIGRATION_NAMES } from '#database';
import { ArchiveError } from './archive-error.js';
import { MANIFEST, type ArchivedFile, type Manifest } from './manifest.js';
import { ARCHIVED, KEYS_TABLE, type ArchivedTable } from './tables.js';

/** A file of an archive and the table that it belongs to. */
export interface ArchivedPart {
  readonly table: ArchivedTable;
  readonly file: ArchivedFile;
}

/** The tables of an archive. */
export function tablesOf(isWithoutKeys: boolean): readonly ArchivedTable[] {
  return ARCHIVED.filter(({ table }) => !isWithoutKeys || table !== KEYS_TABLE);
}

/** The only name that the file of a table can have. */
export function fileOf({ table }: ArchivedTable): string {
  return `${table}.ndjson`;
}

/**
 * Finds the file of each table. No name of the manifest is ever used: it is compared with what it has to be.
 * @throws ArchiveError when the archive is of another schema, or has other files than it should
 */
export function partsOf(manifest: Manifest): ArchivedPart[] {
  const newer = manifest.migrations.filter((name) => !MIGRATION_NAMES.includes(name));
  if (newer.length > 0) {
    throw new ArchiveError(
      'ARCHIVE_NEWER',
      `The archive is of a newer release (${manifest.modeldb_version}), which has the migration ${newer[0] ?? ''}: use that one.`,
    );
  }
  const tables = tablesOf(manifest.is_without_keys);
  const parts = tables.map((table) => {
    const files = manifest.files.filter((file) => file.table === table.table);
    const [file] = files;
    if (!file || files.length > 1 || file.file !== fileOf(table)) {
      throw new ArchiveError(
        'ARCHIVE_MANIFEST',
        `${MANIFEST} does not name exactly one file ${fileOf(table)} for the table ${table.table}.`,
      );
    }
    requireColumns(table, file);
    return { table, file };
  });
  const unknown = manifest.files.find((file) => tables.every(({ table }) => table !== file.table));
  if (!unknown) return parts;
  throw new ArchiveError(
    'ARCHIVE_MANIFEST',
    `${MANIFEST} names a table that archives do not have: ${JSON.stringify(unknown.table)}.`,
  );
}

function requireColumns({ table, columns }: ArchivedTable, file: ArchivedFile): void {
  const expected = Object.keys(columns);
  if (expected.join() === file.columns.join()) return;
  throw new ArchiveError(
    'ARCHIVE_COLUMNS',
    `The table ${table} has the columns ${JSON.stringify(file.columns)} in the archive, and ${JSON.stringify(expected)} here: import it with the release that made it, then migrate.`,
  );
}
