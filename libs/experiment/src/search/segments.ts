import { sortParts, type Bindings, type Ordering, type SortPart } from '#query';
import { EXPERIMENT_FIELDS } from '../experiment-fields.js';
import { evaluationKey } from './evaluation-key.js';

/**
 * A stretch of a search's order that one index walk serves. Where an evaluation comes first, these are the experiments
 * with a number, by the index of numbers, then those with NaN, then those without either.
 */
export type Segment = 'numbers' | 'nan' | 'without' | 'all';

/** The evaluation that the order begins with, if the index of numbers holds it. */
export function rankedKey(orderings: readonly Ordering[]): string | undefined {
  const [first] = orderings;
  return first && evaluationKey(first.subject);
}

/** The segments of an order, in the order in which they follow each other. */
export function segmentsOf(orderings: readonly Ordering[]): readonly Segment[] {
  return rankedKey(orderings) === undefined ? ['all'] : ['numbers', 'nan', 'without'];
}

/**
 * What a segment is sorted by; an entry of the index of numbers is called `v`. The id comes last, in the direction of
 * what precedes it, so that every place is a single row.
 */
export function segmentParts(
  segment: Segment,
  orderings: readonly Ordering[],
  bindings: Bindings,
): SortPart[] {
  const descending = orderings.at(-1)?.descending ?? false;
  const partsOf = (list: readonly Ordering[]): SortPart[] =>
    list.flatMap((ordering) => sortParts(ordering, EXPERIMENT_FIELDS, bindings));
  const created: SortPart = { sql: 'e.created_datetime', type: 'timestamptz', descending };
  const rest = orderings.slice(1);
  const idOf = (alias: string): SortPart => ({
    sql: `${alias}.experiment_id`,
    type: 'text',
    descending,
  });
  switch (segment) {
    case 'numbers': {
      const isDescending = orderings[0]?.descending ?? false;
      const value: SortPart = { sql: 'v.value', type: 'numeric', descending: isDescending };
      return [value, ...partsOf(rest), idOf('v')];
    }
    case 'nan':
      return [...partsOf(rest), idOf('v')];
    case 'without':
      return [...(rest.length > 0 ? partsOf(rest) : [created]), idOf('e')];
    case 'all':
      return [...(orderings.length > 0 ? partsOf(orderings) : [created]), idOf('e')];
  }
}
