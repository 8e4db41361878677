import { hasLiveParent, isLive, isLiveScope, isWithin, type Walk } from '#database';
import type { ListSource, ListSources } from '#paging';
import { EXPERIMENT_FIELDS } from './experiment-fields.js';
import { columnsOf } from './experiment.sql.js';
import type { ExperimentKind, ExperimentRow } from './experiment.types.js';

function source(
  name: string,
  conditions: readonly string[],
  scope?: Walk['scope'],
): ListSource<ExperimentRow> {
  return {
    name: `experiment.list_${name}`,
    table: 'experiments',
    alias: 'e',
    idColumn: 'experiment_id',
    scope,
    columnsOf,
    bytesOf: (alias) => `${alias}.content_bytes`,
    conditions: [isLive('e'), ...conditions],
    isLight: false,
    chunkRows: 192,
    keyOf: (row) => [row.created_datetime, row.experiment_id],
    fields: EXPERIMENT_FIELDS,
  };
}

const hasLiveModel = hasLiveParent('e', 'models', 'model_id');
const hasLiveProject = hasLiveParent('e', 'projects', 'project_id');
const PROJECT_OF_MODEL = '(SELECT m.project_id FROM models m WHERE m.model_id = $3)';

/** The live experiments. Of a parent that all rows share, everything is asked once. */
export const EXPERIMENTS: ListSources<ExperimentRow, ExperimentKind> = {
  all: source('all', [hasLiveModel, hasLiveProject]),
  visible: source('visible', [hasLiveModel, hasLiveProject], {
    column: 'project_id',
    value: '$3',
    isMany: true,
  }),
  of: {
    model_id: source(
      'by_model',
      [
        isLiveScope('models', 'model_id', '$3'),
        isLiveScope('projects', 'project_id', PROJECT_OF_MODEL),
        isWithin(PROJECT_OF_MODEL, '$4'),
      ],
      { column: 'model_id', value: '$3' },
    ),
    project_id: source(
      'by_project',
      [isLiveScope('projects', 'project_id', '$3'), hasLiveModel, isWithin('$3::text', '$4')],
      { column: 'project_id', value: '$3' },
    ),
  },
};
