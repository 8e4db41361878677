import type { Atom, Bindings } from '#query';

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
