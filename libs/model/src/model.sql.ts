import { isLocked, lockedRecord, recordChanged, recordsMade } from '#audit';
import { changedNow, hasTag, isWithin, parentIsLive, statement } from '#database';
import { tagsTooLarge } from '#errors';
import { writeStatement } from '#idempotency';
import { projectNotFound } from '#project';
import { modelNameTaken } from './model.errors.js';

const COLUMNS = [
  'model_id',
  'project_id',
  'model_name',
  'description',
  'tags',
  'created_datetime',
  'updated_datetime',
  'deleted_datetime',
];
const columns = COLUMNS.join(', ');

/** The columns of an answer, of the table or subquery of that name. */
export function columnsOf(alias: string): string {
  return COLUMNS.map((column) => `${alias}.${column}`).join(', ');
}

const columnsOfM = columnsOf('m');

/** True for a model `m` that is live, as is its project. */
const LIVE = `m.deleted_datetime IS NULL AND ${parentIsLive('m', 'projects', 'project_id')}`;

const rows = { type: 'models', columns: columnsOf };
const violations = {
  uq_models_project_id_name: modelNameTaken,
  ck_models_tags: tagsTooLarge,
  fk_models_project_id: projectNotFound,
};

/**
 * One row with `model_id` null: the model is there but not visible yet. No row: there is no such project. `is_refused`:
 * there is one already, and `$6` asked for a new one.
 */
export const CREATE = writeStatement(
  'model.create',
  {
    with: [
      `parent AS (
         SELECT project_id FROM projects WHERE project_id = $2 AND deleted_datetime IS NULL)`,
      `created AS (
         INSERT INTO models (model_id, project_id, model_name, description, tags)
         SELECT $1, project_id, $3, $4, $5 FROM parent
         ON CONFLICT (project_id, model_name) WHERE deleted_datetime IS NULL DO NOTHING
         RETURNING ${columns})`,
      `found AS (
         SELECT false AS is_refused, ${columns} FROM created
         UNION ALL
         SELECT $6::boolean AS is_refused, ${columns} FROM models
         WHERE project_id = $2 AND model_name = $3 AND deleted_datetime IS NULL
           AND NOT EXISTS (SELECT FROM created))`,
    ],
    answer: 'SELECT found.* FROM parent LEFT JOIN found ON true',
    rows,
    succeeded: 'model_id IS NOT NULL AND NOT is_refused',
    audit: [recordsMade('model', 'created')],
  },
  violations,
);

export const BY_ID = statement(
  'model.by_id',
  `SELECT ${columnsOfM} FROM models m WHERE m.model_id = $1 AND ${LIVE}`,
);

export const UPDATE = writeStatement(
  'model.update',
  {
    with: [
      lockedRecord('model', '$1', isWithin('r.project_id', '$8')),
      `updated AS (
         UPDATE models m SET
           model_name = coalesce($2, m.model_name),
           description = CASE WHEN $3 THEN $4 ELSE m.description END,
           tags = CASE WHEN $5 THEN jsonb_strip_nulls(coalesce(m.tags, '{}') || $6) ELSE m.tags END,
           updated_datetime =
             CASE WHEN $2 IS NULL AND NOT ($3 OR $5) THEN m.updated_datetime ELSE ${changedNow('m')} END
         WHERE ${isLocked('model', 'm')} AND ${hasTag('m', '$7')} AND ${LIVE}
         RETURNING ${columnsOfM})`,
    ],
    answer: 'SELECT * FROM updated',
    rows,
    audit: [recordChanged('model', 'update', 'updated', ['model_name', 'description', 'tags'])],
  },
  violations,
);

export const REMOVE = writeStatement('model.remove', {
  with: [
    lockedRecord('model', '$1', isWithin('r.project_id', '$3')),
    `removed AS (
       UPDATE models m SET deleted_datetime = clock_timestamp(), updated_datetime = ${changedNow('m')}
       WHERE ${isLocked('model', 'm')} AND ${hasTag('m', '$2')} AND ${LIVE}
       RETURNING ${columnsOfM})`,
  ],
  answer: 'SELECT * FROM removed',
  rows,
  audit: [recordChanged('model', 'delete', 'removed', ['deleted_datetime'])],
});

/** One row with `model_id` null: the project is deleted. No row: there is no such model. */
export const RESTORE = writeStatement(
  'model.restore',
  {
    with: [
      lockedRecord('model', '$1', isWithin('r.project_id', '$2')),
      `target AS (
         SELECT m.model_id, ${parentIsLive('m', 'projects', 'project_id')} AS possible
         FROM models m
         WHERE ${isLocked('model', 'm')})`,
      `restored AS (
         UPDATE models m SET
           deleted_datetime = NULL,
           updated_datetime =
             CASE WHEN m.deleted_datetime IS NULL THEN m.updated_datetime ELSE ${changedNow('m')} END
         FROM target WHERE m.model_id = target.model_id AND target.possible
         RETURNING ${columnsOfM})`,
    ],
    answer: 'SELECT restored.* FROM target LEFT JOIN restored ON true',
    rows,
    succeeded: 'model_id IS NOT NULL',
    audit: [recordChanged('model', 'restore', 'restored', ['deleted_datetime'])],
  },
  violations,
);
