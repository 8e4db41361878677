import { Readable } from 'node:stream';
import { listed } from './json-list.js';
import type { JsonText, RowWriter } from './json-writer.js';
import { ListAnswer } from './list-answer.js';

/** Characters after which a piece of a streamed array is sent. */
const PIECE_LENGTH = 65_536;

/**
 * Writes pages of rows as one JSON array, page by page, in constant memory.
 *
 * The first page is fetched before anything is sent, so that a database that is away is still answered with a
 * proper error. A failure after that breaks the transfer off, which no client can take for the end of the array.
 * @param pages - are handed over
 * @returns the whole array when it is a single page, else a stream of it
 */
export async function jsonArray<Row>(
  pages: AsyncGenerator<Row[], void, void>,
  write: RowWriter<Row>,
): Promise<JsonText | ListAnswer | Readable> {
  const first = await pages.next();
  if (first.done) return '[]';
  const second = await pages.next();
  if (second.done) return ListAnswer.of(first.value, write);
  const start = `[${listed(first.value, write)}`;
  return Readable.from(chunks(start, second.value, pages, write), { objectMode: false });
}

async function* chunks<Row>(
  start: string,
  second: readonly Row[],
  rest: AsyncGenerator<readonly Row[], void, void>,
  write: (row: Row) => JsonText,
): AsyncGenerator<string, void, void> {
  yield start;
  yield* texts(second, write);
  for await (const page of rest) yield* texts(page, write);
  yield ']';
}

/** The rows of a page, in pieces that are small to the garbage collector. */
function* texts<Row>(
  page: readonly Row[],
  write: (row: Row) => JsonText,
): Generator<string, void, void> {
  let text = '';
  for (const row of page) {
    text += `,${write(row)}`;
    if (text.length < PIECE_LENGTH) continue;
    yield text;
    text = '';
  }
  if (text !== '') yield text;
}
