import type { Atom, Bindings } from '#query';
import { evaluationKey } from './evaluation-key.js';

/** Writes a condition, binding its values. */
export type BindCondition = (bindings: Bindings) => string;

/**
 * The range of the index of numbers, called `v`, that has an entry for every experiment for which the atom holds; absent
 * where numbers do not decide it.
 */
export function evaluationRange(atom: Atom): BindCondition | undefined {
  const key = evaluationKey(atom.subject);
  const range = valueRange(atom);
  if (key === undefined || !range) return undefined;
  return (bindings) => `v.key = ${bindings.bind(key)} AND ${range(bindings)}`;
}

/** The range of `v.value` in which the numbers lie for which the atom holds. NaN is above all others. */
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
