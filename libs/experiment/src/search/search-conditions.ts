import { hasLiveParent, isLive, mostly } from '#database';
import { filterSql, isAtom, necessary, type Atom, type Bindings, type Filter } from '#query';
import { EXPERIMENT_FIELDS } from '../experiment-fields.js';
import { indexCondition } from './index-conditions.js';
import type { SearchQuestion } from './search-question.js';

/** What limits a search to a model or to projects, for the table or index entry of that name. */
export function scopeConditions(
  { modelId, projectId, projects }: SearchQuestion,
  alias: string,
  bindings: Bindings,
): string[] {
  const conditions: string[] = [];
  if (modelId !== undefined) conditions.push(`${alias}.model_id = ${bindings.bind(modelId)}`);
  if (projectId !== undefined) conditions.push(`${alias}.project_id = ${bindings.bind(projectId)}`);
  if (projects) conditions.push(`${alias}.project_id = ANY (${bindings.bind(projects)}::text[])`);
  return conditions;
}

/** That the experiments of an answer, called `e`, are live. */
export function liveConditions(): string[] {
  return [
    isLive('e'),
    hasLiveParent('e', 'models', 'model_id'),
    hasLiveParent('e', 'projects', 'project_id'),
  ];
}

/** The conditions that all have to hold for a filter to hold. */
export function termsOf(filter: Filter | undefined): readonly Filter[] {
  if (!filter) return [];
  return filter.kind === 'and' ? filter.terms : [filter];
}

/** What a term of a filter means for an experiment, called `e`. */
export function exactCondition(term: Filter, bindings: Bindings): string {
  return filterSql(term, EXPERIMENT_FIELDS, bindings);
}

/** The same, for where even the longest walk is short. */
export function walkingCondition(term: Filter, bindings: Bindings): string {
  return mostly(exactCondition(term, bindings));
}

/**
 * The same, so that an index can serve it where there is one. It is said only so: said twice, PostgreSQL would take it
 * for two conditions, and so for a much rarer thing.
 */
export function indexedCondition(term: Filter, bindings: Bindings): string {
  if (isAtom(term)) {
    const write = indexCondition(term);
    if (write) return write(bindings);
  }
  const follows = necessary(term).flatMap((atoms) => anyOf(atoms, bindings));
  return [exactCondition(term, bindings), ...follows].join(' AND ');
}

/** Whether {@link indexedCondition} says it in another way. */
export function isIndexed(term: Filter): boolean {
  return necessary(term).some((atoms) => atoms.every((atom) => indexCondition(atom) !== undefined));
}

function anyOf(atoms: readonly Atom[], bindings: Bindings): string[] {
  const writers = atoms.map(indexCondition);
  if (writers.includes(undefined)) return [];
  return [`(${writers.map((write) => write?.(bindings) ?? 'true').join(' OR ')})`];
}
