import type { Client } from 'pg';
import type { ArchivedPart } from './archive-parts.js';
import { insertLines } from './archive.sql.js';
import { refusal } from './refusal.js';
import { wholeLines } from './whole-lines.js';

/**
 * Inserts the rows of a file, a batch of lines at a time.
 * @throws ArchiveError when PostgreSQL refuses one; its message names the lines, and says nothing of what stands in them
 */
export async function loadTable(
  client: Client,
  { table, file }: ArchivedPart,
  pieces: AsyncIterable<Buffer>,
  onRows: (rows: number) => void,
): Promise<void> {
  const insert = insertLines(table);
  let done = 0;
  for await (const { bytes, count } of wholeLines(file.file, pieces)) {
    const lines = `lines ${String(done + 1)} to ${String(done + count)}`;
    // Bytes stay bytes: PostgreSQL refuses what is not UTF-8.
    await client.query(insert, [bytes]).catch((error: unknown) => {
      throw refusal(error, `${file.file}, ${lines}`);
    });
    done += count;
    onRows(done);
  }
}
