import type { Bindings } from '#query';
import { scopeConditions } from './search-conditions.js';
import type { SearchQuestion } from './search-question.js';
import type { Segment } from './segments.js';

/** What the rows of a segment are found in. */
export interface Source {
  readonly from: string;
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
