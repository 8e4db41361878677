import { hasLiveParent, isLive, isWithin, mostly, type Walk } from '#database';
import type { ListSource, ListSources } from '#paging';
import type { Fields } from '#query';
import { columnsOf } from './model.sql.js';
import type { ModelKind, ModelRow } from './model.types.js';

const FIELDS: Fields = {
  model_id: { type: 'text', sql: 'm.model_id' },
  model_name: { type: 'text', sql: 'm.model_name' },
  project_id: { type: 'text', sql: 'm.project_id' },
  project_name: {
    type: 'text',
    sql: '(SELECT p.project_name FROM projects p WHERE p.project_id = m.project_id)',
  },
  description: { type: 'text', sql: 'm.description' },
  tags: { type: 'document', sql: 'm.tags', example: 'team' },
  created_datetime: { type: 'time', sql: 'm.created_datetime' },
  updated_datetime: { type: 'time', sql: 'm.updated_datetime' },
};

function source(
  name: string,
  scope?: Walk['scope'],
  ...conditions: readonly string[]
): ListSource<ModelRow> {
  return {
    name: `model.list_${name}`,
    table: 'models',
    alias: 'm',
    idColumn: 'model_id',
    scope,
    columnsOf,
    bytesOf: (alias) =>
      `(octet_length(coalesce(${alias}.description, '')) + coalesce(pg_column_size(${alias}.tags), 0))`,
    conditions: [isLive('m'), hasLiveParent('m', 'projects', 'project_id'), ...conditions],
    isLight: true,
    chunkRows: 200,
    keyOf: (row) => [row.created_datetime, row.model_id],
    fields: FIELDS,
  };
}

const PROJECT_OF_NAME =
  '(SELECT project_id FROM projects WHERE project_name = $3 AND deleted_datetime IS NULL)';

/** The live models. */
export const MODELS: ListSources<ModelRow, ModelKind> = {
  all: source('all'),
  visible: source('visible', { column: 'project_id', value: '$3', isMany: true }),
  of: {
    project_id: source(
      'by_project',
      { column: 'project_id', value: '$3' },
      isWithin('$3::text', '$4'),
    ),
    project_name: source(
      'by_project_name',
      { column: 'project_id', value: PROJECT_OF_NAME },
      isWithin(PROJECT_OF_NAME, '$4'),
    ),
    name: source(
      'by_name',
      { column: 'model_name', value: '$3' },
      mostly(isWithin('m.project_id', '$4')),
    ),
  },
};
