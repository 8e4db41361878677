import { Injectable } from '@nestjs/common';
import {
  adHocStatement,
  Database,
  isFull,
  pageSql,
  readPages,
  SearchDatabase,
  startOf,
  statement,
  type PagedRow,
  type PageKey,
  type Statement,
} from '#database';
import { Bindings, filterSql, parseFilter, type Filter } from '#query';
import { Cursors } from './cursors.js';
import type { List, ListRequest } from './list-request.js';
import type { ListSource } from './list-source.js';
import { once } from './once.js';
import { pageSize } from './page-size.js';

/** Bytes after which a chunk of a whole list ends. */
const CHUNK_BYTES = 131_072;
/** Bytes after which a page ends, even if it has fewer rows than the limit. */
const PAGE_BYTES = 8_388_608;

interface Plan {
  readonly descending: boolean;
  readonly rows: number;
  readonly bytes: number;
  readonly filter: Filter | undefined;
}

/** Reads lists: whole, or page by page, in both directions, with or without a condition. */
@Injectable()
export class ListReader {
  private readonly prepared = new Map<string, Statement>();

  constructor(
    private readonly database: Database,
    private readonly searches: SearchDatabase,
    private readonly cursors: Cursors,
  ) {}

  /**
   * @param scope - the value of the source's scope, where it has one
   * @throws CodedError `INVALID_FILTER` or `INVALID_CURSOR`
   */
  async read<Row extends PagedRow>(
    source: ListSource<Row>,
    scope: string | undefined,
    request: ListRequest,
  ): Promise<List<Row>> {
    const { limit, cursor, order = 'asc', where } = request;
    const descending = order === 'desc';
    const filter = where === undefined ? undefined : parseFilter(where, source.fields);
    const question = JSON.stringify([source.name, scope, order, where]);
    const sealer = await this.cursors.sealer();
    const after =
      cursor === undefined ? startOf(descending) : (sealer.open(question, cursor) as PageKey);
    const size = limit === undefined ? source.chunkRows : pageSize(limit) + 1;
    const bytes = limit === undefined ? CHUNK_BYTES : PAGE_BYTES;
    const plan = { descending, filter, rows: size, bytes };
    const read = (key: PageKey): Promise<Row[]> => this.query(source, scope, plan, key);
    if (limit === undefined) {
      const isFullChunk = (page: readonly Row[]): boolean => isFull(page, plan);
      return { pages: readPages({ after, read, keyOf: source.keyOf, isFull: isFullChunk }) };
    }
    const found = await read(after);
    const page = found.slice(0, limit);
    const last = page.at(-1);
    const isMore = found.length > limit || isFull(page, { rows: limit + 1, bytes });
    return {
      pages: once(page),
      nextCursor: last && isMore ? sealer.seal(question, source.keyOf(last)) : undefined,
    };
  }

  private query<Row extends PagedRow>(
    source: ListSource<Row>,
    scope: string | undefined,
    plan: Plan,
    key: PageKey,
  ): Promise<Row[]> {
    const values = scope === undefined ? [...key] : [...key, scope];
    if (plan.filter === undefined) {
      return this.database.query<Row>(this.preparedStatement(source, plan), values);
    }
    const bindings = new Bindings(values);
    const condition = filterSql(plan.filter, source.fields, bindings);
    const conditions = [...source.conditions, condition];
    const text = pageSql({ ...source, ...plan, conditions });
    return this.searches.query<Row>(adHocStatement(`${source.name}_where`, text), bindings.values);
  }

  private preparedStatement<Row extends object>(source: ListSource<Row>, plan: Plan): Statement {
    const direction = plan.descending ? 'desc' : 'asc';
    const name = `${source.name}_${direction}_${String(plan.rows)}`;
    const known = this.prepared.get(name) ?? statement(name, pageSql({ ...source, ...plan }));
    this.prepared.set(name, known);
    return known;
  }
}
