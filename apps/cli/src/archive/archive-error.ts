/** What can be wrong with an archive. */
export type ArchiveProblem =
  | 'ARCHIVE_UNREADABLE'
  | 'ARCHIVE_INCOMPLETE'
  | 'ARCHIVE_MANIFEST'
  | 'ARCHIVE_NEWER'
  | 'ARCHIVE_COLUMNS'
  | 'ARCHIVE_SIZE'
  | 'ARCHIVE_CHECKSUM'
  | 'ARCHIVE_ROWS'
  | 'ARCHIVE_NOT_STORABLE'
  | 'ARCHIVE_NOT_EQUAL'
  | 'ARCHIVE_AUDIT';

/** Why an archive is not imported. The message is for people and holds nothing of the archive's rows. */
export class ArchiveError extends Error {
  override readonly name = 'ArchiveError';

  constructor(
    readonly code: ArchiveProblem,
    message: string,
    cause?: unknown,
  ) {
    super(message, { cause });
  }
}
