import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Client } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import type { CopyFormat } from '../data/copy-text.js';

/** Few enough to stay small in memory, enough that the stream's own work does not count. */
const ROWS_A_CHUNK = 250;

/** Sends rows by COPY, as fast as PostgreSQL takes them. @returns how many there were */
export async function sendRows<Row>(
  client: Client,
  { table, columns, write }: CopyFormat<Row>,
  rows: Iterable<Row>,
  onProgress: (rows: number) => void = () => undefined,
): Promise<number> {
  let sent = 0;
  function* chunks(): Generator<string, void, void> {
    let chunk = '';
    for (const row of rows) {
      chunk += write(row);
      sent += 1;
      if (sent % ROWS_A_CHUNK !== 0) continue;
      yield chunk;
      chunk = '';
      onProgress(sent);
    }
    if (chunk !== '') yield chunk;
  }
  const copy = client.query(copyFrom(`COPY ${table} (${columns.join(', ')}) FROM STDIN`));
  await pipeline(Readable.from(chunks(), { objectMode: false }), copy);
  return sent;
}
