import type { Readable } from 'node:stream';
import {
  jsonArray,
  type JsonText,
  type LinkNextPage,
  type ListAnswer,
  type RowWriter,
} from '#http';
import type { List } from './list-request.js';

/** Answers a list as a JSON array, with the link to its next page where there is one. */
export function writeList<Row>(
  { pages, nextCursor }: List<Row>,
  write: RowWriter<Row>,
  linkNextPage: LinkNextPage,
): Promise<JsonText | ListAnswer | Readable> {
  linkNextPage(nextCursor);
  return jsonArray(pages, write);
}
