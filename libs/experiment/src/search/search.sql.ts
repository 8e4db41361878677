import { createHash } from 'node:crypto';
import { adHocStatement, statement, type Statement, type Value } from '#database';
import { Bindings, isAfter, type Atom, type Filter, type Literal, type SortPart } from '#query';
import { branchesOf } from './branches.js';
import { evaluationKey } from './evaluation-key.js';
import { valueRange } from './evaluation-range.js';
import { isAtom, liveConditions, scopeConditions, termsOf } from './search-conditions.js';
import type { SearchQuestion } from './search-question.js';
import { rankedKey, segmentParts, type Segment } from './segments.js';

/** The content of a page in bytes, after which it ends even if it has fewer rows than asked for. */
export const PAGE_BYTES = 8_388_608;

/** A statement with the values of its `$n`. */
export interface BoundStatement {
  readonly statement: Statement;
  readonly values: readonly Value[];
}

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
  const key = rankedKey(question.orderings);
  const terms = termsOf(question.filter);
  const ofNumbers = terms.filter((term): term is Atom => isRangeOf(term, key));
  // The filter wants a number where these experiments have none.
  if (segment === 'without' && ofNumbers.length > 0) return undefined;

  const bindings = new Bindings();
  const parts = segmentParts(segment, question.orderings, bindings);
  const source = sourceOf(segment, key, question, bindings);
  const ranges = source.isRanked ? ofNumbers : [];
  const ranged = new Set<Filter>(ranges);
  const others = terms.filter((term) => !ranged.has(term));
  // Where every row has a number, the range of numbers says all that the condition says.
  const left = segment === 'numbers' ? others : terms;
  const conditions = [
    // First: PostgreSQL starts reading an index at the first bound that it is told.
    ...(page.after ? [isAfter(parts, page.after, bindings)] : []),
    ...source.conditions,
    ...liveConditions(),
    ...ranges.map((atom) => valueRange(atom)?.(bindings) ?? 'true'),
  ];
  const { items, branches } = branchesOf(question, left, others, bindings);
  const places = parts.map(({ sql }, index) => `${sql} AS ${placeColumn(index)}`).join(', ');
  const order = placeOrder(parts);
  const limit = `ORDER BY ${order} LIMIT ${String(page.rows)}`;
  const select = `SELECT e.experiment_id, e.content_bytes, ${places} FROM ${source.from}`;
  const found = branches.map((branch) => {
    const where = [...(branch.gate ? [branch.gate] : []), ...conditions, ...branch.conditions];
    const condition = `WHERE ${where.join(' AND ')}`;
    if (!branch.isOfCandidates) return `(${select} ${condition} ${limit})`;
    const ofCandidates = `${select} JOIN candidates c ON c.experiment_id = e.experiment_id`;
    // Found first and ordered then, lest the order is walked along after all.
    return `(SELECT * FROM (${ofCandidates} ${condition} OFFSET 0) few ${limit})`;
  });
  const withItems = [...items, `found AS (${found.join(' UNION ALL ')})`];
  const text = `WITH ${withItems.join(', ')}
    SELECT ${page.columns(bindings)}, page.bytes_so_far, ${parts.map((_, i) => `page.${placeColumn(i)}`).join(', ')}
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

/** Whether one plan is right for all such questions: there is but one index to walk along. */
function isPlainRanking({ filter, orderings }: SearchQuestion, segment: Segment): boolean {
  return segment === 'numbers' && filter === undefined && orderings.length === 1;
}

/** There are as many as there are scopes, directions, page sizes, and pages that start or go on: some dozens. */
function preparedStatement(name: string, text: string): Statement {
  const digest = createHash('sha256').update(text).digest('hex').slice(0, 16);
  return statement(`${name}_${digest}`, text);
}

function placeOrder(parts: readonly SortPart[]): string {
  return parts
    .map(({ descending }, index) => `${placeColumn(index)}${descending ? ' DESC' : ''}`)
    .join(', ');
}

interface Source {
  readonly from: string;
  readonly conditions: readonly string[];
  /** The rows are found by the entries of the index of numbers. */
  readonly isRanked: boolean;
}

function sourceOf(
  segment: Segment,
  key: string | undefined,
  question: SearchQuestion,
  bindings: Bindings,
): Source {
  if (segment === 'all' || key === undefined) {
    return {
      from: 'experiments e',
      conditions: scopeConditions(question, 'e', bindings),
      isRanked: false,
    };
  }
  const ofKey = `v.key = ${bindings.bind(key)}`;
  if (segment === 'without') {
    const has = `SELECT FROM experiment_evaluations v WHERE v.experiment_id = e.experiment_id AND ${ofKey}`;
    const conditions = [
      ...scopeConditions(question, 'e', bindings),
      `num_nulls(CASE WHEN EXISTS (${has}) THEN 1 END) <> 0`,
    ];
    return { from: 'experiments e', conditions, isRanked: false };
  }
  const value = segment === 'nan' ? `v.value = 'NaN'` : `v.value < 'NaN'`;
  return {
    from: 'experiment_evaluations v JOIN experiments e ON e.experiment_id = v.experiment_id',
    conditions: [...scopeConditions(question, 'v', bindings), ofKey, value],
    isRanked: true,
  };
}

/** Whether the term holds for just the numbers of a range, under that key. */
function isRangeOf(term: Filter, key: string | undefined): term is Atom {
  if (!isAtom(term) || key === undefined || evaluationKey(term.subject) !== key) return false;
  return valueRange(term) !== undefined && !namesNaN(term);
}

/** NaN is no number of a range, it equals itself only. */
function namesNaN(atom: Atom): boolean {
  return valuesOf(atom).some((value) => value.type === 'number' && value.text === 'NaN');
}

function valuesOf(atom: Atom): readonly Literal[] {
  switch (atom.kind) {
    case 'compare':
      return [atom.value];
    case 'in':
      return atom.values;
    case 'between':
      return [atom.from, atom.to];
    case 'like':
      return [];
  }
}

/** The statement that counts all experiments of an answer. */
export function countStatement(question: SearchQuestion): BoundStatement {
  const bindings = new Bindings();
  const terms = termsOf(question.filter);
  const conditions = [...scopeConditions(question, 'e', bindings), ...liveConditions()];
  const { items, branches } = branchesOf(question, terms, terms, bindings);
  const counts = branches.map((branch) => {
    const where = [...(branch.gate ? [branch.gate] : []), ...conditions, ...branch.conditions];
    const candidates = branch.isOfCandidates
      ? 'JOIN candidates c ON c.experiment_id = e.experiment_id'
      : '';
    return `SELECT count(*) AS count FROM experiments e ${candidates} WHERE ${where.join(' AND ')}`;
  });
  const withItems = [...items, `counted AS (${counts.join(' UNION ALL ')})`];
  const text = `WITH ${withItems.join(', ')} SELECT sum(count) AS count FROM counted`;
  return { statement: adHocStatement('experiment.search_count', text), values: bindings.values };
}
