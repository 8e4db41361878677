import pg from 'pg';
import { ArchiveError } from './archive-error.js';

/** What a row can be refused for: its value or its JSON, a constraint, a limit, a type that it has not. */
const ROW_REFUSED = /^(?:2[123]|42804|54)/;

/**
 * What PostgreSQL has against rows of an archive, without what stands in them; any other error as it is.
 * @param where - the rows are
 */
export function refusal(error: unknown, where: string): unknown {
  if (!(error instanceof pg.DatabaseError) || !ROW_REFUSED.test(error.code ?? '')) return error;
  const why = error.constraint ?? `SQLSTATE ${error.code ?? ''}`;
  return new ArchiveError(
    'ARCHIVE_NOT_STORABLE',
    `${where}: PostgreSQL refuses a row (${why}).`,
    error,
  );
}
