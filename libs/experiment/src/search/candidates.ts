import type { Atom, Bindings } from '#query';
import { evaluationKey } from './evaluation-key.js';
import { valueRange } from './evaluation-range.js';

/** Up to so many candidates are looked at one by one. */
const FEW = 2000;
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
 * @param scope - writes the conditions on the index entries, called `v`
 */
export function findCandidates(
  lists: readonly (readonly Atom[])[],
  scope: (bindings: Bindings) => readonly string[],
  bindings: Bindings,
): Candidates | undefined {
  const indexed = lists
    .map((atoms) => atoms.flatMap(singleValues))
    .filter((atoms) => atoms.length <= MAX_RANGES && atoms.every(isRange));
  const names = indexed.slice(0, MAX_LISTS).map((_, index) => `few_${String(index)}`);
  if (names.length === 0) return undefined;
  const isFew = names.map((name) => `(SELECT yes FROM is_${name})`);
  const items = names.flatMap((name, index) => {
    const ranges = (indexed[index] ?? []).map((atom) => rangeSql(atom, scope(bindings), bindings));
    return [
      `${name} AS MATERIALIZED (
        SELECT experiment_id FROM (${ranges.join(' UNION ALL ')}) v LIMIT ${String(FEW + 1)})`,
      `is_${name} AS MATERIALIZED (SELECT count(*) <= ${String(FEW)} AS yes FROM ${name})`,
    ];
  });
  const chosen = names.map((name, index) => {
    const others = isFew.slice(0, index).map((condition) => `NOT ${condition}`);
    return `SELECT experiment_id FROM ${name} WHERE ${[isFew[index], ...others].join(' AND ')}`;
  });
  return {
    items: [...items, `candidates AS MATERIALIZED (${chosen.join(' UNION ')})`],
    areFew: `(${isFew.join(' OR ')})`,
  };
}

function isRange(atom: Atom): boolean {
  return evaluationKey(atom.subject) !== undefined && valueRange(atom) !== undefined;
}

/** An IN as comparisons with each of its values: each is one range of the index. */
function singleValues(atom: Atom): Atom[] {
  if (atom.kind !== 'in') return [atom];
  return atom.values.map((value) => ({
    kind: 'compare',
    subject: atom.subject,
    operator: '=',
    value,
  }));
}

/** In the order of the index, so that it is the index that is read, and not the whole table for its first few rows. */
function rangeSql(atom: Atom, scope: readonly string[], bindings: Bindings): string {
  const key = `v.key = ${bindings.bind(evaluationKey(atom.subject) ?? null)}`;
  const conditions = [...scope, key, valueRange(atom)?.(bindings) ?? 'false'].join(' AND ');
  return `(SELECT v.experiment_id FROM experiment_evaluations v WHERE ${conditions}
    ORDER BY v.value LIMIT ${String(FEW + 1)})`;
}
