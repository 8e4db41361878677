import type { VerificationReport } from '#audit';
import { ArchiveSession } from './archive-session.js';
import { ImportSteps, type ImportOptions } from './import-steps.js';
import { outsideFailure } from './outside-failure.js';
import type { StoredArchive } from './stored-archive.js';

/**
 * Imports an archive into an empty database, in one transaction. Before that ends, the rows are written out again as an export
 * does it, and have to be what stands in the archive, byte for byte.
 * @param archive - whose files have been verified
 * @throws ArchiveError when it cannot be imported; StartupError when the database cannot be used, or is not empty; the signal's
 *   reason when that is aborted. Nothing is imported then.
 */
export async function importArchive(
  url: string,
  archive: StoredArchive,
  options: ImportOptions = {},
): Promise<VerificationReport> {
  const { signal } = options;
  try {
    await using session = await ArchiveSession.open(url, signal);
    const report = await new ImportSteps(session.client, archive, options).run();
    await session.finish(options.isDry ? 'ROLLBACK' : 'COMMIT');
    return report;
  } catch (error) {
    // Whatever breaks when the connection is closed, this is why.
    signal?.throwIfAborted();
    throw outsideFailure(error, 'The import failed, and nothing was imported');
  }
}
