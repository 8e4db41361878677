import type { PagedRow } from '#database';
import { pageSize } from '#paging';
import { Injectable } from '@nestjs/common';
import { columnsOf } from '../experiment.sql.js';
import type { SearchPlace, SearchQuestion } from './search-question.js';
import { countStatement } from './count.sql.js';
import { PAGE_BYTES, placeColumn, segmentStatement, type SegmentPage } from './search.sql.js';
import { segmentsOf } from './segments.js';

/** A row of an answer, with its place in the order. */
export interface FoundRow<Row> {
  readonly row: Row;
  readonly place: SearchPlace;
}

export interface FoundPage<Row> {
  readonly found: readonly FoundRow<Row>[];
  /** Whether more rows follow. */
  readonly isMore: boolean;
}

/** How much of an answer is read, and which columns of it. */
export interface PageRequest {
  readonly limit: number;
  readonly after?: SearchPlace | undefined;
  /** Absent: whole experiments. */
  readonly columns?: SegmentPage['columns'] | undefined;
}

/** Reads the answers of searches: one statement a page, and one more where a page reaches into the next segment. */
@Injectable()
export class SearchReader {
  async read<Row extends object>(
    question: SearchQuestion,
    { limit, after, columns }: PageRequest,
  ): Promise<FoundPage<Row>> {
    const found: FoundRow<Row>[] = [];
    let bytes = 0;
    const segments = segmentsOf(question.orderings);
    for (const segment of after ? segments.slice(segments.indexOf(after.segment)) : segments) {
      const bound = segmentStatement(question, segment, {
        rows: pageSize(limit - found.length) + 1,
        after: segment === after?.segment ? after.values : undefined,
        columns: columns ?? wholeExperiment,
        hasUsualColumns: columns === undefined,
      });
      if (!bound) continue;
      const answered = await question.from.searches.query<Row & PagedRow>(
        bound.statement,
        bound.values,
      );
      for (const row of answered) found.push({ row, place: { segment, values: placeOf(row) } });
      bytes += Number(answered.at(-1)?.bytes_so_far ?? 0);
      if (found.length > limit || bytes >= PAGE_BYTES) break;
    }
    const isMore = found.length > limit || bytes >= PAGE_BYTES;
    return { found: found.slice(0, limit), isMore };
  }

  /** @returns how many experiments the whole answer has, as text */
  async count(question: SearchQuestion): Promise<string> {
    const { statement, values } = countStatement(question);
    const row = await question.from.searches.find<{ count: string }>(statement, values);
    return row?.count ?? '0';
  }
}

const wholeExperiment = (): string => columnsOf('e');

function placeOf(row: object): string[] {
  const columns = row as Readonly<Record<string, string>>;
  const values: string[] = [];
  for (let value = columns[placeColumn(0)]; value !== undefined;) {
    values.push(value);
    value = columns[placeColumn(values.length)];
  }
  return values;
}
