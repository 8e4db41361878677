import { Readable } from 'node:stream';
import type { JsonText } from './json-writer.js';

/** Rows as lines of JSON, one after the other: for programs that read them as they come. */
export class LinesAnswer {
  constructor(readonly stream: Readable) {}
}

/**
 * Writes pages of rows as a line each, page by page, in constant memory. A failure breaks the transfer off.
 * @param pages - are handed over
 */
export async function writeLines<Row>(
  pages: AsyncGenerator<Row[], void, void>,
  write: (row: Row) => JsonText,
): Promise<LinesAnswer> {
  // Before anything is sent, so that a database that is away is still answered with a proper error.
  const first = await pages.next();
  const texts = lines(first.done ? [] : first.value, pages, write);
  return new LinesAnswer(Readable.from(texts, { objectMode: false }));
}

async function* lines<Row>(
  first: readonly Row[],
  rest: AsyncGenerator<readonly Row[], void, void>,
  write: (row: Row) => JsonText,
): AsyncGenerator<string, void, void> {
  const textOf = (page: readonly Row[]): string => page.map((row) => `${write(row)}\n`).join('');
  if (first.length > 0) yield textOf(first);
  for await (const page of rest) yield textOf(page);
}
