import { Injectable } from '@nestjs/common';
import { isFull, readPages, Reads, startOf, type PageKey } from '#database';
import type { Access } from '#http';
import { parseFilter, type BoundValue } from '#query';
import { Cursors } from './cursors.js';
import type { List, ListRequest } from './list-request.js';
import type { ListScope, ListSource, ListSources } from './list-source.js';
import { once } from './once.js';
import { PageReader } from './page-reader.js';
import { pageSize } from './page-size.js';

/** Bytes after which a chunk of a whole list ends. */
const CHUNK_BYTES = 131_072;
/** Bytes after which a page ends, even if it has fewer rows than the limit. */
const PAGE_BYTES = 8_388_608;

/** Reads lists: whole, or page by page, in both directions, with or without a condition. */
@Injectable()
export class ListReader {
  constructor(
    private readonly pages: PageReader,
    private readonly cursors: Cursors,
    private readonly reads: Reads,
  ) {}

  /**
   * Reads what the caller may see of a list.
   * @throws CodedError `INVALID_FILTER` or `INVALID_CURSOR`
   */
  async read<Row extends object, Kind extends string>(
    sources: ListSources<Row, Kind>,
    scope: ListScope<Kind>,
    request: ListRequest,
    access: Access,
  ): Promise<List<Row>> {
    const { limit, cursor, order = 'asc', where } = request;
    const descending = order === 'desc';
    const { source, values } = choose(sources, scope, access.projects('viewer'));
    const filter = where === undefined ? undefined : parseFilter(where, source.fields);
    const asked = JSON.stringify([scope, sources.all.name, order, where]);
    const sealer = await this.cursors.sealer();
    const after =
      cursor === undefined ? startOf(descending) : (sealer.open(asked, cursor) as PageKey);
    const from = this.reads.since(access.fresh);
    if (limit === undefined) {
      const limits = { rows: source.chunkRows, maxBytes: CHUNK_BYTES };
      const question = { from, values, descending, filter, ...limits };
      const read = async (key: PageKey) => (await this.pages.measured(source, question, key)).rows;
      const { keyOf } = source;
      return { pages: readPages({ after, read, keyOf, isFull: (page) => isFull(page, limits) }) };
    }
    const limits = { rows: pageSize(limit) + 1, maxBytes: PAGE_BYTES };
    const question = { from, values, descending, filter, ...limits };
    const { rows, isHeavy } = await this.pages.read(source, question, after);
    const isMore = rows.length > limit || isHeavy;
    // In place: a second array would hold on to what the first one gives up.
    if (rows.length > limit) rows.length = limit;
    const last = rows.at(-1);
    return {
      pages: once(rows),
      nextCursor: last && isMore ? sealer.seal(asked, source.keyOf(last)) : undefined,
    };
  }
}

function choose<Row extends object, Kind extends string>(
  { all, visible, of }: ListSources<Row, Kind>,
  scope: ListScope<Kind>,
  projects: readonly string[] | null,
): { readonly source: ListSource<Row>; readonly values: readonly BoundValue[] } {
  if ('value' in scope) return { source: of[scope.kind], values: [scope.value, projects] };
  return projects === null ? { source: all, values: [] } : { source: visible, values: [projects] };
}
