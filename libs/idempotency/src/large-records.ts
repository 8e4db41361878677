import { statement, type Statement } from '#database';
import { CodedError } from '#errors';

/** Bytes that the tags of a record may take: what the constraint of each table says. */
const TAGS_BYTES = '65536';

/** A record of a batch that is too large, or whose tags are. */
export interface LargeRecord {
  /** From 1, as `sentRecords` counts them. */
  readonly position: string;
  readonly has_large_tags: boolean;
}

/**
 * Declares the statement that finds the {@link LargeRecord}s of a batch.
 * @param sent - SQL of its records
 * @param isLarge - SQL about a record `s`: that it is too large as a whole
 */
export function largeRecords(name: string, sent: string, isLarge = 'false'): Statement {
  const hasLargeTags = `coalesce(pg_column_size(s.tags) > ${TAGS_BYTES}, false)`;
  return statement(
    name,
    `SELECT s.position::text, ${hasLargeTags} AS has_large_tags FROM (${sent}) s
     WHERE ${hasLargeTags} OR ${isLarge} ORDER BY s.position`,
  );
}

/**
 * Writes a batch. If a record is too large, PostgreSQL tells that there is one, but not which: only then they are looked for.
 * @param list - the name of the list in the request
 * @throws CodedError what `write` does, a `too_large` one with the place of each record that is
 */
export async function namingLargeRecords<Result>(
  list: string,
  write: () => Promise<Result>,
  find: () => Promise<readonly LargeRecord[]>,
): Promise<Result> {
  try {
    return await write();
  } catch (error) {
    if (!(error instanceof CodedError) || error.kind !== 'too_large') throw error;
    const { kind, code, message: detail } = error;
    const fields = (await find()).map(({ position, has_large_tags: hasLargeTags }) => ({
      path: `${list}[${String(Number(position) - 1)}]${hasLargeTags ? '.tags' : ''}`,
      message: hasLargeTags ? 'take more than 64 KiB' : 'takes more than 16 MiB',
    }));
    throw new CodedError({ kind, code, detail, fields });
  }
}
