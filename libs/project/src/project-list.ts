import { isLive } from '#database';
import type { ListSource, ListSources } from '#paging';
import type { Fields } from '#query';
import { columnsOf } from './project.sql.js';
import type { ProjectRow } from './project.types.js';

const FIELDS: Fields = {
  project_id: { type: 'text', sql: 'p.project_id' },
  project_name: { type: 'text', sql: 'p.project_name' },
  description: { type: 'text', sql: 'p.description' },
  tags: { type: 'document', sql: 'p.tags', example: 'team' },
  created_datetime: { type: 'time', sql: 'p.created_datetime' },
  updated_datetime: { type: 'time', sql: 'p.updated_datetime' },
};

const ALL: ListSource<ProjectRow> = {
  name: 'project.list',
  table: 'projects',
  alias: 'p',
  idColumn: 'project_id',
  columnsOf,
  bytesOf: (alias) =>
    `(octet_length(coalesce(${alias}.description, '')) + coalesce(pg_column_size(${alias}.tags), 0))`,
  conditions: [isLive('p')],
  isLight: true,
  chunkRows: 200,
  keyOf: (row) => [row.created_datetime, row.project_id],
  fields: FIELDS,
};

/** The live projects. */
export const PROJECTS: ListSources<ProjectRow> = {
  all: ALL,
  visible: {
    ...ALL,
    name: 'project.list_visible',
    scope: { column: 'project_id', value: '$3', isMany: true },
  },
  of: {},
};
