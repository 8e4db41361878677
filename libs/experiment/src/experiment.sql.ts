import { isLocked, lockedId, recordChanged, recordsMade } from '#audit';
import { changedNow, hasTag, isWithin, mostly, parentIsLive, statement } from '#database';
import { tagsTooLarge } from '#errors';
import { writeStatement, type WriteStatement } from '#idempotency';
import { modelNotFound } from '#model';
import { lockedWithin, mergeOf, UPDATED } from './experiment-changes.sql.js';
import { experimentTooLarge } from './experiment.errors.js';
import type { MergedDocument } from './experiment.types.js';

const COLUMNS = [
  'experiment_id',
  'project_id',
  'model_id',
  'model_version_id',
  'experiment_name',
  'description',
  'parameters',
  'training_dataset',
  'validation_dataset',
  'test_dataset',
  'evaluations',
  'artifact_file_paths',
  'tags',
  'created_datetime',
  'updated_datetime',
  'deleted_datetime',
];

/** The columns of an answer, of the table or subquery that is called `alias`. */
export function columnsOf(alias: string): string {
  return COLUMNS.map((column) => `${alias}.${column}`).join(', ');
}

const rows = { type: 'experiments', columns: columnsOf };
export const violations = {
  ck_experiments_tags: tagsTooLarge,
  ck_experiments_content_bytes: experimentTooLarge,
  fk_experiments_model_id: modelNotFound,
};

/** True for an experiment `e` that is live, as are its model and its project. */
export const LIVE_EXPERIMENT = `e.deleted_datetime IS NULL
  AND ${parentIsLive('e', 'models', 'model_id')}
  AND ${parentIsLive('e', 'projects', 'project_id')}`;

export const CREATE = writeStatement(
  'experiment.create',
  {
    with: [
      `created AS (
         INSERT INTO experiments AS e (
           experiment_id, project_id, model_id, model_version_id, experiment_name, description,
           parameters, training_dataset, validation_dataset, test_dataset,
           evaluations, artifact_file_paths, tags)
         SELECT $1, m.project_id, m.model_id, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12
         FROM models m
         WHERE m.model_id = $2 AND m.deleted_datetime IS NULL
           AND ${parentIsLive('m', 'projects', 'project_id')} AND ${isWithin('m.project_id', '$13')}
         RETURNING ${columnsOf('e')})`,
      `indexed AS (
         INSERT INTO experiment_evaluations (experiment_id, key, value, model_id, project_id)
         SELECT c.experiment_id, leaf.key, leaf.value, c.model_id, c.project_id
         FROM created c, numeric_leaves(c.evaluations) leaf)`,
    ],
    answer: 'SELECT * FROM created',
    rows,
    audit: [recordsMade('experiment', 'created')],
  },
  violations,
);

export const BY_ID = statement(
  'experiment.by_id',
  `SELECT ${columnsOf('e')} FROM experiments e WHERE e.experiment_id = $1 AND ${LIVE_EXPERIMENT}`,
);

/** The newest of a version id in the projects `$2`. */
export const BY_VERSION = statement(
  'experiment.by_model_version_id',
  `SELECT ${columnsOf('e')} FROM experiments e
   WHERE e.model_version_id = $1 AND ${LIVE_EXPERIMENT} AND ${mostly(isWithin('e.project_id', '$2'))}
   ORDER BY e.created_datetime DESC, e.experiment_id DESC
   LIMIT 1`,
);

export const UPDATE = writeStatement(
  'experiment.update',
  {
    with: [
      lockedWithin('$16'),
      `updated AS (
         UPDATE experiments e SET
           model_version_id = coalesce($2, e.model_version_id),
           experiment_name = CASE WHEN $3 THEN $4 ELSE e.experiment_name END,
           description = CASE WHEN $5 THEN $6 ELSE e.description END,
           training_dataset = CASE WHEN $7 THEN $8 ELSE e.training_dataset END,
           validation_dataset = CASE WHEN $9 THEN $10 ELSE e.validation_dataset END,
           test_dataset = CASE WHEN $11 THEN $12 ELSE e.test_dataset END,
           tags = CASE WHEN $13 THEN jsonb_strip_nulls(coalesce(e.tags, '{}') || $14) ELSE e.tags END,
           updated_datetime = CASE WHEN $2 IS NULL AND NOT ($3 OR $5 OR $7 OR $9 OR $11 OR $13)
             THEN e.updated_datetime ELSE ${changedNow('e')} END
         WHERE ${isLocked('experiment', 'e')} AND ${hasTag('e', '$15')} AND ${LIVE_EXPERIMENT}
         RETURNING ${columnsOf('e')})`,
    ],
    answer: 'SELECT * FROM updated',
    rows,
    audit: [recordChanged('experiment', 'update', 'updated', UPDATED)],
  },
  violations,
);

export const MERGE: Record<MergedDocument, WriteStatement> = {
  /** The function keeps the index of numbers in step with the document. */
  evaluations: writeStatement(
    'experiment.merge_evaluations',
    {
      with: [
        lockedWithin('$4'),
        `merged AS MATERIALIZED (
           SELECT ${columnsOf('e')} FROM merge_evaluations(${lockedId('experiment')}, $2, $3) e)`,
      ],
      answer: 'SELECT * FROM merged',
      rows,
      audit: [mergeOf('evaluations')],
    },
    violations,
  ),
  artifact_file_paths: writeStatement(
    'experiment.merge_artifact_file_paths',
    {
      with: [
        lockedWithin('$4'),
        `merged AS (
           UPDATE experiments e SET
             artifact_file_paths = coalesce(e.artifact_file_paths, '{}') || $2,
             updated_datetime = ${changedNow('e')}
           WHERE ${isLocked('experiment', 'e')} AND ${hasTag('e', '$3')} AND ${LIVE_EXPERIMENT}
           RETURNING ${columnsOf('e')})`,
      ],
      answer: 'SELECT * FROM merged',
      rows,
      audit: [mergeOf('artifact_file_paths')],
    },
    violations,
  ),
};

export const REMOVE = writeStatement('experiment.remove', {
  with: [
    lockedWithin('$3'),
    `removed AS (
       UPDATE experiments e SET deleted_datetime = clock_timestamp(), updated_datetime = ${changedNow('e')}
       WHERE ${isLocked('experiment', 'e')} AND ${hasTag('e', '$2')} AND ${LIVE_EXPERIMENT}
       RETURNING ${columnsOf('e')})`,
  ],
  answer: 'SELECT * FROM removed',
  rows,
  audit: [recordChanged('experiment', 'delete', 'removed', ['deleted_datetime'])],
});

/** One row with `experiment_id` null: `project_deleted`, or else its model, stands in the way. No row: no such experiment. */
export const RESTORE = writeStatement('experiment.restore', {
  with: [
    lockedWithin('$2'),
    `target AS (
       SELECT e.experiment_id,
         NOT ${parentIsLive('e', 'projects', 'project_id')} AS project_deleted,
         NOT ${parentIsLive('e', 'models', 'model_id')} AS model_deleted
       FROM experiments e
       WHERE ${isLocked('experiment', 'e')})`,
    `restored AS (
       UPDATE experiments e SET
         deleted_datetime = NULL,
         updated_datetime =
           CASE WHEN e.deleted_datetime IS NULL THEN e.updated_datetime ELSE ${changedNow('e')} END
       FROM target t
       WHERE e.experiment_id = t.experiment_id AND NOT t.project_deleted AND NOT t.model_deleted
       RETURNING ${columnsOf('e')})`,
  ],
  answer: 'SELECT target.project_deleted, restored.* FROM target LEFT JOIN restored ON true',
  rows,
  succeeded: 'experiment_id IS NOT NULL',
  audit: [recordChanged('experiment', 'restore', 'restored', ['deleted_datetime'])],
});
