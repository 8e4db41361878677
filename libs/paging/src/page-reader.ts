import { Injectable } from '@nestjs/common';
import {
  adHocStatement,
  measuredPageSql,
  pageSql,
  statement,
  type PagedRow,
  type PageKey,
  type Readable,
  type Result,
  type Statement,
} from '#database';
import { Bindings, filterSql, type BoundValue, type Filter } from '#query';
import { HeavyLists } from './heavy-lists.js';
import type { ListSource } from './list-source.js';

/** What is read of a list, and how much at once. */
export interface Question {
  readonly from: Readable;
  /** What says which rows the list has: the values of `$3` and those after it. */
  readonly values: readonly BoundValue[];
  readonly descending: boolean;
  readonly filter: Filter | undefined;
  /** Rows at most. */
  readonly rows: number;
  /** The row that reaches so many is the last one. */
  readonly maxBytes: number;
}

/** The rows of a page, and whether they are the last because of their bytes. */
export interface Page<Row> {
  readonly rows: Row[];
  readonly isHeavy: boolean;
}

/** Reads the rows of a list that come after a place. */
@Injectable()
export class PageReader {
  private readonly prepared = new Map<string, Statement>();
  private readonly heavy = new HeavyLists();

  /**
   * PostgreSQL adds up the bytes of the rows to know where to end: a fifth of the work where rows are small. So it does that
   * only where pages have come near the limit; elsewhere the bytes are counted as they come.
   */
  async read<Row extends object>(
    source: ListSource<Row>,
    question: Question,
    after: PageKey,
  ): Promise<Page<Row>> {
    const { filter, maxBytes } = question;
    const isLight = filter === undefined && !this.heavy.has(source.name);
    const { rows, bytes } = await (isLight
      ? this.counted(source, question, after)
      : this.measured(source, question, after));
    if (filter === undefined) this.heavy.note(source.name, bytes / maxBytes);
    return { rows, isHeavy: bytes >= maxBytes };
  }

  async measured<Row extends object>(
    source: ListSource<Row>,
    question: Question,
    after: PageKey,
  ): Promise<{ readonly rows: (Row & PagedRow)[]; readonly bytes: number }> {
    const values = valuesOf(question, after);
    const rows = await (question.filter
      ? this.filtered<Row & PagedRow>(source, question, question.filter, values)
      : question.from.records.query<Row & PagedRow>(
          this.statementOf(source, question, 'measured', measuredPageSql),
          values,
        ));
    return { rows, bytes: Number(rows.at(-1)?.bytes_so_far ?? 0) };
  }

  private counted<Row extends object>(
    source: ListSource<Row>,
    question: Question,
    after: PageKey,
  ): Promise<Result<Row>> {
    const read = this.statementOf(source, question, 'counted', pageSql);
    const options = { maxBytes: question.maxBytes, isStored: source.isLight };
    return question.from.records.page<Row>(read, valuesOf(question, after), options);
  }

  private filtered<Row extends object>(
    source: ListSource<Row>,
    question: Question,
    filter: Filter,
    values: readonly BoundValue[],
  ): Promise<Row[]> {
    const bindings = new Bindings(values);
    const condition = filterSql(filter, source.fields, bindings);
    const conditions = [...source.conditions, condition];
    const text = measuredPageSql({ ...source, ...question, conditions });
    return question.from.searches.query<Row>(
      adHocStatement(`${source.name}_where`, text),
      bindings.values,
    );
  }

  private statementOf<Row extends object>(
    source: ListSource<Row>,
    question: Question,
    way: string,
    sql: typeof measuredPageSql,
  ): Statement {
    const direction = question.descending ? 'desc' : 'asc';
    const name = `${source.name}_${direction}_${String(question.rows)}_${way}`;
    let known = this.prepared.get(name);
    if (!known) this.prepared.set(name, (known = statement(name, sql({ ...source, ...question }))));
    return known;
  }
}

function valuesOf({ values }: Question, after: PageKey): BoundValue[] {
  return [...after, ...values];
}
