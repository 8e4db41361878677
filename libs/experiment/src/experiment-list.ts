import { hasLiveParent, isLive, isLiveScope } from '#database';
import type { ListSource } from '#paging';
import { EXPERIMENT_FIELDS } from './experiment-fields.js';
import { columnsOf } from './experiment.sql.js';
import type { ExperimentRow, ExperimentScope } from './experiment.types.js';

function source(name: string, column?: 'model_id' | 'project_id'): ListSource<ExperimentRow> {
  return {
    name: `experiment.list_${name}`,
    table: 'experiments',
    alias: 'e',
    idColumn: 'experiment_id',
    scope: column && { column, value: '$3' },
    columnsOf,
    bytesOf: (alias) => `${alias}.content_bytes`,
    conditions: [isLive('e'), ...liveParents(column)],
    chunkRows: 192,
    keyOf: (row) => [row.created_datetime, row.experiment_id],
    fields: EXPERIMENT_FIELDS,
  };
}

/** That model and project are not deleted: asked once of the one that all rows share. */
function liveParents(column: 'model_id' | 'project_id' | undefined): string[] {
  const ofModel = hasLiveParent('e', 'models', 'model_id');
  const ofProject = hasLiveParent('e', 'projects', 'project_id');
  if (column === undefined) return [ofModel, ofProject];
  if (column === 'project_id') return [isLiveScope('projects', 'project_id', '$3'), ofModel];
  const project = '(SELECT m.project_id FROM models m WHERE m.model_id = $3)';
  return [isLiveScope('models', 'model_id', '$3'), isLiveScope('projects', 'project_id', project)];
}

/** The live experiments of each scope, whose value is `$3`. */
export const EXPERIMENTS: Record<ExperimentScope['kind'], ListSource<ExperimentRow>> = {
  all: source('all'),
  model_id: source('by_model', 'model_id'),
  project_id: source('by_project', 'project_id'),
};
