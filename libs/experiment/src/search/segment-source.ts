import type { Bindings } from '#query';
import { scopeConditions } from './search-conditions.js';
import type { SearchQuestion } from './search-question.js';
import type { Segment } from './segments.js';

/**
 * The experiments in `candidates`, looked up one by one. The OFFSET has it so: without it, PostgreSQL may rather go
 * through a whole model for a dozen of them.
 */
export const FROM_CANDIDATES = `candidates c CROSS JOIN LATERAL (
  SELECT * FROM experiments e WHERE e.experiment_id = c.experiment_id OFFSET 0) e`;

/** What the rows of a segment are found in. */
export interface Source {
  readonly from: string;
  /** The same for the rows of `candidates`: see {@link FROM_CANDIDATES}. */
  readonly fromCandidates: string;
  readonly conditions: readonly string[];
  /** The rows are found by the entries of the index of numbers. */
  readonly isRanked: boolean;
}

/** Where the rows of a segment are looked for; an entry of the index of numbers is called `v`. */
export function sourceOf(
  segment: Segment,
  key: string | undefined,
  question: SearchQuestion,
  bindings: Bindings,
): Source {
  if (segment === 'all' || key === undefined) {
    return {
      from: 'experiments e',
      fromCandidates: FROM_CANDIDATES,
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
    return { from: 'experiments e', fromCandidates: FROM_CANDIDATES, conditions, isRanked: false };
  }
  const value = segment === 'nan' ? `v.value = 'NaN'` : `v.value < 'NaN'`;
  return {
    from: 'experiment_evaluations v JOIN experiments e ON e.experiment_id = v.experiment_id',
    fromCandidates: `${FROM_CANDIDATES} CROSS JOIN LATERAL (
      SELECT * FROM experiment_evaluations v WHERE v.experiment_id = c.experiment_id AND ${ofKey} OFFSET 0) v`,
    conditions: [...scopeConditions(question, 'v', bindings), ofKey, value],
    isRanked: true,
  };
}
