import { isAtom, type Atom, type Bindings, type Filter, type Literal } from '#query';
import { evaluationKey } from './evaluation-key.js';

/** Writes a condition, binding its values. */
export type BindCondition = (bindings: Bindings) => string;

/**
 * The range of `v.value`, in the index of numbers, in which the numbers lie for which the atom holds; absent where
 * numbers do not decide it. NaN is above all others: it may lie in the range of an atom that does not hold for it.
 */
export function valueRange(atom: Atom): BindCondition | undefined {
  switch (atom.kind) {
    case 'compare': {
      const { operator, value } = atom;
      if (value.type !== 'number' || operator === '!=') return undefined;
      return (bindings) => `v.value ${operator} ${bindings.bind(value.text)}::numeric`;
    }
    case 'between': {
      const { from, to } = atom;
      if (from.type !== 'number' || to.type !== 'number') return undefined;
      return (bindings) =>
        `v.value BETWEEN ${bindings.bind(from.text)}::numeric AND ${bindings.bind(to.text)}::numeric`;
    }
    case 'in': {
      const numbers = atom.values.flatMap((value) => (value.type === 'number' ? [value.text] : []));
      if (numbers.length < atom.values.length) return undefined;
      return (bindings) => `v.value = ANY (${bindings.bind(numbers)}::numeric[])`;
    }
    case 'like':
      return undefined;
  }
}

/** Whether the term holds for just the numbers of a range, under that key. */
export function isRangeOf(term: Filter, key: string | undefined): term is Atom {
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
