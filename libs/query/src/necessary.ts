import type { Condition, Filter, Operator } from './filter.types.js';

/** A condition that an index may answer: it is true for some values of its subject, and null is none of them. */
export type Atom = Extract<Condition, { kind: 'compare' | 'in' | 'between' | 'like' }>;

/** Whether the filter is a single condition of the kinds that {@link necessary} tells. */
export function isAtom(filter: Filter): filter is Atom {
  return ['compare', 'in', 'between', 'like'].includes(filter.kind);
}

/** More alternatives than this are not worth a search each. */
const MAX_ATOMS = 20;

const OPPOSITE: Readonly<Record<Operator, Operator>> = {
  '=': '!=',
  '!=': '=',
  '<': '>=',
  '<=': '>',
  '>': '<=',
  '>=': '<',
};

/**
 * What has to be true for the filter to be true: of each list, one atom at least. Whoever searches by index may take
 * any of the lists, find the rows for its atoms, and test the filter on those alone.
 */
export function necessary(filter: Filter): readonly (readonly Atom[])[] {
  return listsOf(filter, false);
}

function listsOf(filter: Filter, negated: boolean): Atom[][] {
  switch (filter.kind) {
    case 'not':
      return listsOf(filter.term, !negated);
    case 'and':
    case 'or': {
      const terms = filter.terms.map((term) => listsOf(term, negated));
      // De Morgan: a negated OR is the AND of what is negated.
      return (filter.kind === 'and') === negated ? anyOf(terms) : terms.flat();
    }
    case 'compare':
      return comparison({
        ...filter,
        operator: negated ? OPPOSITE[filter.operator] : filter.operator,
      });
    case 'between':
      return [negated ? outside(filter) : [filter]];
    case 'in':
    case 'like':
      return negated ? [] : [[filter]];
    case 'null':
      return [];
  }
}

function comparison(filter: Extract<Atom, { kind: 'compare' }>): Atom[][] {
  return filter.operator === '!=' ? [] : [[filter]];
}

function outside({ subject, from, to }: Extract<Atom, { kind: 'between' }>): Atom[] {
  return [
    { kind: 'compare', subject, operator: '<', value: from },
    { kind: 'compare', subject, operator: '>', value: to },
  ];
}

/** Of alternatives each needs a list; the shortest of each make one together. */
function anyOf(terms: readonly Atom[][][]): Atom[][] {
  const shortest = terms.map((lists) => lists.toSorted((a, b) => a.length - b.length)[0]);
  const needed = shortest.filter((list) => list !== undefined);
  const atoms = needed.flat();
  return needed.length === terms.length && atoms.length <= MAX_ATOMS ? [atoms] : [];
}
