import { createHash } from 'node:crypto';
import { adHocStatement, statement, type Statement } from '#database';
import { Bindings, isAfter, type Atom, type Filter, type SortPart } from '#query';
import type { BoundStatement } from './bound-statement.js';
import { branchesOf, conditionsOf, type Branch } from './branches.js';
import { isRangeOf, valueRange } from './evaluation-range.js';
import { liveConditions, termsOf } from './search-conditions.js';
import type { SearchQuestion } from './search-question.js';
import { sourceOf, type Source } from './segment-source.js';
import { rankedKey, segmentParts, type Segment } from './segments.js';

/** The content of a page in bytes, after which it ends even if it has fewer rows than asked for. */
export const PAGE_BYTES = 8_388_608;

/** Which rows of a segment are read. */
export interface SegmentPage {
  readonly rows: number;
  /** The values of the segment's sort parts in the row after which the page starts. */
  readonly after?: readonly string[] | undefined;
  /** The columns of the answer; an experiment is called `e`, its place `page`. */
  readonly columns: (bindings: Bindings) => string;
  /** The columns are those of every answer: what a question without a condition needs can stay prepared. */
  readonly hasUsualColumns: boolean;
}

/** The column of a page's place that holds the value of a sort part. */
export function placeColumn(index: number): string {
  return `place_${String(index)}`;
}

/**
 * The statement that reads a page of a segment; absent if the segment can have no rows. Only keys are looked for and
 * sorted; the rows themselves are read for those that are answered.
 */
export function segmentStatement(
  question: SearchQuestion,
  segment: Segment,
  page: SegmentPage,
): BoundStatement | undefined {
  const bindings = new Bindings();
  const parts = segmentParts(segment, question.orderings, bindings);
  const found = foundSql(question, segment, page, parts, bindings);
  if (found === undefined) return undefined;
  const order = placeOrder(parts);
  const places = parts.map((_, index) => `page.${placeColumn(index)}`).join(', ');
  const text = `WITH ${found}
    SELECT ${page.columns(bindings)}, page.bytes_so_far, ${places}
    FROM (
      SELECT found.*, sum(content_bytes) OVER (ORDER BY ${order} ROWS UNBOUNDED PRECEDING) AS bytes_so_far
      FROM found
    ) page
    JOIN experiments e ON e.experiment_id = page.experiment_id
    WHERE page.bytes_so_far - page.content_bytes < ${String(PAGE_BYTES)}
    ORDER BY ${order}`;
  const name = `experiment.search_${segment}`;
  const isUsual = page.hasUsualColumns && isPlainRanking(question, segment);
  return {
    statement: isUsual ? preparedStatement(name, text) : adHocStatement(name, text),
    values: bindings.values,
  };
}

/** The `WITH` items of which `found` holds the keys of the page's rows, with their places. */
function foundSql(
  question: SearchQuestion,
  segment: Segment,
  page: SegmentPage,
  parts: readonly SortPart[],
  bindings: Bindings,
): string | undefined {
  const key = rankedKey(question.orderings);
  const terms = termsOf(question.filter);
  const ofNumbers = terms.filter((term): term is Atom => isRangeOf(term, key));
  // The filter wants a number where these experiments have none.
  if (segment === 'without' && ofNumbers.length > 0) return undefined;
  const source = sourceOf(segment, key, question, bindings);
  const ranges = source.isRanked ? ofNumbers : [];
  const ranged = new Set<Filter>(ranges);
  const others = terms.filter((term) => !ranged.has(term));
  const conditions = [
    // First: PostgreSQL starts reading an index at the first bound that it is told.
    ...(page.after ? [isAfter(parts, page.after, bindings)] : []),
    ...source.conditions,
    ...liveConditions(),
    ...ranges.map((atom) => valueRange(atom)?.(bindings) ?? 'true'),
  ];
  // Where every row has a number, the range of numbers says all that the condition says.
  const left = segment === 'numbers' ? others : terms;
  const { items, branches } = branchesOf(question, left, others, bindings);
  const places = parts.map(({ sql }, index) => `${sql} AS ${placeColumn(index)}`).join(', ');
  const select = `SELECT e.experiment_id, e.content_bytes, ${places}`;
  const limit = `ORDER BY ${placeOrder(parts)} LIMIT ${String(page.rows)}`;
  const found = branches.map((branch) => branchSql(branch, source, conditions, select, limit));
  return [...items, `found AS (${found.join(' UNION ALL ')})`].join(', ');
}

function branchSql(
  branch: Branch,
  source: Source,
  conditions: readonly string[],
  select: string,
  limit: string,
): string {
  const where = conditionsOf(branch, conditions);
  const from = branch.isOfCandidates ? source.fromCandidates : source.from;
  return `(${select} FROM ${from} WHERE ${where} ${limit})`;
}

function placeOrder(parts: readonly SortPart[]): string {
  return parts
    .map(({ descending }, index) => `${placeColumn(index)}${descending ? ' DESC' : ''}`)
    .join(', ');
}

/** Whether one plan is right for all such questions: there is but one index to walk along. */
function isPlainRanking({ filter, orderings }: SearchQuestion, segment: Segment): boolean {
  return segment === 'numbers' && filter === undefined && orderings.length === 1;
}

/** There are as many as there are scopes, directions, page sizes, and pages that start or go on: some dozens. */
function preparedStatement(name: string, text: string): Statement {
  const digest = createHash('sha256').update(text).digest('hex').slice(0, 16);
  return { ...statement(`${name}_${digest}`, text), label: name };
}
