import { necessary, type Bindings, type Filter } from '#query';
import { findCandidates } from './candidates.js';
import {
  exactCondition,
  indexedCondition,
  isIndexed,
  scopeConditions,
  walkingCondition,
} from './search-conditions.js';
import type { SearchQuestion } from './search-question.js';

/** Experiments of a model or a project up to which they are simply gone through. */
const SMALL_SCOPE = 5000;

/** One way to find the rows of an answer. */
export interface Branch {
  /** That this is the way to take; exactly one of an answer's branches has it true. */
  readonly gate: string | undefined;
  /** Only the experiments in `candidates` come into question. */
  readonly isOfCandidates: boolean;
  /** The terms of the filter. */
  readonly conditions: readonly string[];
}

export interface Branches {
  /** `WITH` items that the gates need. */
  readonly items: readonly string[];
  readonly branches: readonly Branch[];
}

/**
 * The ways in which the rows of an answer may be found, of which the database takes one when it knows more: the
 * candidates one by one, if they are few; a small model or project from end to end; or along the order, or by the index
 * of parameters and tags, as PostgreSQL sees fit. That index knows no models and projects, so in a small one it would
 * cost what it costs for all experiments.
 * @param terms - what the rows have to fulfil
 * @param deciding - the terms that may show that only few experiments come into question
 */
export function branchesOf(
  question: SearchQuestion,
  terms: readonly Filter[],
  deciding: readonly Filter[],
  bindings: Bindings,
): Branches {
  const exactly = once(() => terms.map((term) => exactCondition(term, bindings)));
  const candidates = findCandidates(question, deciding.flatMap(necessary), bindings);
  const branches: Branch[] = [];
  if (candidates) {
    branches.push({ gate: candidates.areFew, isOfCandidates: true, conditions: exactly() });
  }
  const items = [...(candidates?.items ?? [])];
  const isMany = candidates ? [`NOT ${candidates.areFew}`] : [];
  const isScoped = question.modelId !== undefined || question.projectId !== undefined;
  if (terms.some(isIndexed)) {
    const indexed = terms.map((term) => indexedCondition(term, bindings));
    if (!isScoped) branches.push(branch(isMany, indexed));
    else {
      items.push(smallScope(question, bindings));
      const isSmall = '(SELECT yes FROM is_small)';
      const walking = terms.map((term) => walkingCondition(term, bindings));
      branches.push(branch([...isMany, isSmall], walking));
      branches.push(branch([...isMany, `NOT ${isSmall}`], indexed));
    }
  } else branches.push(branch(isMany, exactly()));
  return { items, branches };
}

/** All that holds for the rows that a branch finds. */
export function conditionsOf(branch: Branch, others: readonly string[]): string {
  const gate = branch.gate === undefined ? [] : [branch.gate];
  return [...gate, ...others, ...branch.conditions].join(' AND ');
}

function branch(gates: readonly string[], conditions: readonly string[]): Branch {
  const gate = gates.length > 0 ? gates.join(' AND ') : undefined;
  return { gate, isOfCandidates: false, conditions };
}

function smallScope(question: SearchQuestion, bindings: Bindings): string {
  const scope = scopeConditions(question, 'e', bindings).join(' AND ');
  return `is_small AS MATERIALIZED (
    SELECT count(*) <= ${String(SMALL_SCOPE)} AS yes
    FROM (SELECT FROM experiments e WHERE ${scope} LIMIT ${String(SMALL_SCOPE + 1)}) one)`;
}

/** Makes something when it is first needed: PostgreSQL refuses values that a statement does not use. */
function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
