import { hasLiveParent, isLive } from '#database';
import { filterSql, type Atom, type Bindings } from '#query';
import { EXPERIMENT_FIELDS } from '../experiment-fields.js';
import { indexCondition } from './index-conditions.js';
import type { SearchQuestion } from './search-question.js';

/** What limits a search to a model or a project, for the table or index entry of that name. */
export function scopeConditions(
  { modelId, projectId }: SearchQuestion,
  alias: string,
  bindings: Bindings,
): string[] {
  const conditions: string[] = [];
  if (modelId !== undefined) conditions.push(`${alias}.model_id = ${bindings.bind(modelId)}`);
  if (projectId !== undefined) conditions.push(`${alias}.project_id = ${bindings.bind(projectId)}`);
  return conditions;
}

/**
 * What holds for the experiments of an answer, called `e`: that they are live, and the filter, with what follows from it
 * and an index can serve.
 * @param lists - of each list, one atom holds at least
 */
export function answerConditions(
  { filter }: SearchQuestion,
  lists: readonly (readonly Atom[])[],
  bindings: Bindings,
): string[] {
  const live = [
    isLive('e'),
    hasLiveParent('e', 'models', 'model_id'),
    hasLiveParent('e', 'projects', 'project_id'),
  ];
  if (!filter) return live;
  const exactly = filterSql(filter, EXPERIMENT_FIELDS, bindings);
  return [...live, exactly, ...lists.flatMap((atoms) => anyOf(atoms, bindings))];
}

function anyOf(atoms: readonly Atom[], bindings: Bindings): string[] {
  const writers = atoms.map(indexCondition);
  if (writers.includes(undefined)) return [];
  return [`(${writers.map((write) => write?.(bindings) ?? 'true').join(' OR ')})`];
}
