import { ArchiveError } from './archive-error.js';
import { Digest, type Content } from './digest.js';
import type { ArchivedFile } from './manifest.js';
import type { StoredArchive } from './stored-archive.js';

interface Verifying {
  readonly onProgress?: ((table: string, rows: number, total: number) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Reads all files of an archive and compares them with what its manifest says of them.
 * @throws ArchiveError when one is another; the signal's reason when that is aborted
 */
export async function verifyArchive(
  archive: StoredArchive,
  { onProgress, signal }: Verifying,
): Promise<void> {
  for (const part of archive.parts) {
    const { table, file } = part;
    const digest = new Digest((rows) => onProgress?.(table.table, rows, file.rows));
    const pieces = archive.read(part);
    for await (const piece of pieces) {
      signal?.throwIfAborted();
      digest.add(piece);
    }
    requireSame(file, digest.content());
  }
}

function requireSame(file: ArchivedFile, found: Content): void {
  if (found.sha256 !== file.sha256) {
    throw new ArchiveError(
      'ARCHIVE_CHECKSUM',
      `${file.file} is not what was exported: its SHA-256 is ${found.sha256}, and ${file.sha256} in the manifest.`,
    );
  }
  if (found.rows !== file.rows) {
    throw new ArchiveError(
      'ARCHIVE_ROWS',
      `${file.file} has ${String(found.rows)} lines, and ${String(file.rows)} in the manifest.`,
    );
  }
}
