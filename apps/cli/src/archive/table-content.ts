import { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Client } from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { copyLines } from './archive.sql.js';
import { Digest, type Content } from './digest.js';
import type { ArchivedTable } from './tables.js';

type OnRows = (rows: number) => void;

/**
 * Writes the lines of a table somewhere, as fast as they are taken there.
 * @returns what they are
 */
export async function writeTable(
  client: Client,
  table: ArchivedTable,
  to: Writable,
  onRows?: OnRows,
): Promise<Content> {
  const digest = new Digest(onRows);
  await pipeline(lines(client, table, digest), to);
  return digest.content();
}

/** What the file of a table would hold. */
export function contentOf(client: Client, table: ArchivedTable, onRows?: OnRows): Promise<Content> {
  const nowhere = new Writable({
    write: (_piece, _encoding, done) => {
      done();
    },
  });
  return writeTable(client, table, nowhere, onRows);
}

async function* lines(
  client: Client,
  table: ArchivedTable,
  digest: Digest,
): AsyncGenerator<Buffer, void, void> {
  const copy = client.query(copyTo(copyLines(table)));
  // One that was given up says so once more when its connection is closed.
  copy.on('error', () => undefined);
  for await (const piece of copy as AsyncIterable<Buffer>) {
    digest.add(piece);
    yield piece;
  }
}
