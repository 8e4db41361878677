import { jsonList } from './json-list.js';
import type { JsonText, RowWriter } from './json-writer.js';

/**
 * A list that fits into one page: rows that are written at the moment they are sent, and given up at once.
 *
 * A request that has waited for a connection has become old to the garbage collector, with all its promises. What they
 * resolve to would be kept until all memory is searched, which under load is most of what there is.
 */
export class ListAnswer {
  /** @param take - writes the rows, and leaves none */
  private constructor(readonly take: () => JsonText | Buffer) {}

  /** @param rows - are handed over */
  static of<Row>(rows: Row[], write: RowWriter<Row>): ListAnswer {
    return new ListAnswer(() => {
      const text = jsonList(rows, write);
      rows.length = 0;
      return text;
    });
  }
}
