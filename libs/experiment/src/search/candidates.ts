import type { Atom, Bindings } from '#query';
import { evaluationKey } from './evaluation-key.js';
import { valueRange } from './evaluation-range.js';
import { indexCondition } from './index-conditions.js';
import { scopeConditions } from './search-conditions.js';
import type { SearchQuestion } from './search-question.js';

/**
 * Up to so many candidates are looked at one by one; with more, walking along the order soon fills a page. The two cost
 * the same where the candidates are about the square root of the rows of a page times those of the scope.
 */
const FEW = { model: 250, project: 500, all: 1000 };
/** Ranges of the index that one condition may have. */
const MAX_RANGES = 20;
/** Conditions that are tried for few candidates. */
const MAX_LISTS = 2;

/** The experiments that come into question, if they are few. */
export interface Candidates {
  /** `WITH` items; `candidates` holds the ids. */
  readonly items: readonly string[];
  /** True when `candidates` is complete; false when there are too many. */
  readonly areFew: string;
}

/**
 * Finds the candidates of a search by the index of numbers. PostgreSQL's statistics know nothing of values inside
 * documents, so whether a condition holds for few experiments is not left to a guess: the index is asked.
 * @param lists - of each list, one atom holds at least
 */
export function findCandidates(
  question: SearchQuestion,
  lists: readonly (readonly Atom[])[],
  bindings: Bindings,
): Candidates | undefined {
  const indexed = lists
    .map((atoms) => atoms.flatMap(singleRanges))
    .filter((atoms) => atoms.length <= MAX_RANGES && atoms.some(isRange) && atoms.every(isServed));
  const few = fewOf(question);
  const names = indexed.slice(0, MAX_LISTS).map((_, index) => `few_${String(index)}`);
  if (names.length === 0) return undefined;
  const isFew = names.map((name) => `(SELECT yes FROM is_${name})`);
  const items = names.flatMap((name, index) => {
    const found = (indexed[index] ?? []).map((atom) => candidatesOf(atom, question, few, bindings));
    return [
      `${name} AS MATERIALIZED (
        SELECT experiment_id FROM (${found.join(' UNION ALL ')}) one LIMIT ${String(few + 1)})`,
      `is_${name} AS MATERIALIZED (SELECT count(*) <= ${String(few)} AS yes FROM ${name})`,
    ];
  });
  const chosen = names.map((name, index) => {
    const others = isFew.slice(0, index).map((condition) => `NOT ${condition}`);
    return `SELECT DISTINCT experiment_id FROM ${name} WHERE ${[isFew[index], ...others].join(' AND ')}`;
  });
  return {
    items: [...items, `candidates AS MATERIALIZED (${chosen.join(' UNION ')})`],
    areFew: `(${isFew.join(' OR ')})`,
  };
}

function fewOf({ modelId, projectId }: SearchQuestion): number {
  if (modelId !== undefined) return FEW.model;
  return projectId !== undefined ? FEW.project : FEW.all;
}

function isRange(atom: Atom): boolean {
  return evaluationKey(atom.subject) !== undefined && valueRange(atom) !== undefined;
}

function isServed(atom: Atom): boolean {
  return isRange(atom) || indexCondition(atom) !== undefined;
}

/** An IN of numbers as comparisons with each of them: each is one range of the index. */
function singleRanges(atom: Atom): Atom[] {
  if (atom.kind !== 'in' || !isRange(atom)) return [atom];
  const { subject, values } = atom;
  return values.map((value) => ({ kind: 'compare', subject, operator: '=', value }));
}

function candidatesOf(
  atom: Atom,
  question: SearchQuestion,
  few: number,
  bindings: Bindings,
): string {
  const limit = `LIMIT ${String(few + 1)}`;
  if (!isRange(atom)) {
    const condition = indexCondition(atom)?.(bindings) ?? 'true';
    const conditions = [...scopeConditions(question, 'e', bindings), condition].join(' AND ');
    return `(SELECT e.experiment_id FROM experiments e WHERE ${conditions} ${limit})`;
  }
  const key = `v.key = ${bindings.bind(evaluationKey(atom.subject) ?? null)}`;
  const range = valueRange(atom)?.(bindings) ?? 'true';
  const conditions = [...scopeConditions(question, 'v', bindings), key, range].join(' AND ');
  // In the order of the index, so that it is the index that is read, and not the whole table for its first few rows.
  return `(SELECT v.experiment_id FROM experiment_evaluations v WHERE ${conditions}
    ORDER BY v.value ${limit})`;
}
