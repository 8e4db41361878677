import { hasLiveParent, isLive, type PagedRow } from '#database';
import type { ListSource } from '#paging';
import { EXPERIMENT_FIELDS } from './experiment-fields.js';
import { columnsOf } from './experiment.sql.js';
import type { ExperimentRow, ExperimentScope } from './experiment.types.js';

export interface ListedExperiment extends ExperimentRow, PagedRow {}

function source(name: string, column?: 'model_id' | 'project_id'): ListSource<ListedExperiment> {
  return {
    name: `experiment.list_${name}`,
    table: 'experiments',
    alias: 'e',
    idColumn: 'experiment_id',
    scope: column && { column, value: '$3' },
    columnsOf,
    bytesOf: (alias) => `${alias}.content_bytes`,
    conditions: [
      isLive('e'),
      hasLiveParent('e', 'models', 'model_id'),
      hasLiveParent('e', 'projects', 'project_id'),
    ],
    chunkRows: 192,
    keyOf: (row) => [row.created_datetime, row.experiment_id],
    fields: EXPERIMENT_FIELDS,
  };
}

/** The live experiments of each scope, whose value is `$3`. */
export const EXPERIMENTS: Record<ExperimentScope['kind'], ListSource<ListedExperiment>> = {
  all: source('all'),
  model_id: source('by_model', 'model_id'),
  project_id: source('by_project', 'project_id'),
};
