import { COLUMNS, LIVE } from './questions.js';

/** Looked up row by row: one experiment needs two look-ups, not the ids of everything that was deleted. */
const LOOKED_UP = `e.deleted_datetime IS NULL
  AND (SELECT m.deleted_datetime IS NULL FROM models m WHERE m.model_id = e.model_id)
  AND (SELECT p.deleted_datetime IS NULL FROM projects p WHERE p.project_id = e.project_id)`;

const JOINED = `e.deleted_datetime IS NULL
  AND m.model_id = e.model_id AND m.deleted_datetime IS NULL
  AND p.project_id = e.project_id AND p.deleted_datetime IS NULL`;

const PROJECT = `p.project_id, p.project_name, p.description, p.tags, p.created_datetime,
  p.updated_datetime, p.deleted_datetime`;

const CREATED = `created AS (
    INSERT INTO experiments AS e (
      experiment_id, project_id, model_id, model_version_id, experiment_name, description,
      parameters, training_dataset, validation_dataset, test_dataset,
      evaluations, artifact_file_paths, tags)
    SELECT $1, m.project_id, m.model_id, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12
    FROM models m JOIN projects p USING (project_id)
    WHERE m.model_id = $2 AND m.deleted_datetime IS NULL AND p.deleted_datetime IS NULL
    RETURNING ${COLUMNS}
  ), indexed AS (
    INSERT INTO experiment_evaluations (experiment_id, key, value, model_id, project_id)
    SELECT c.experiment_id, leaf.key, leaf.value, c.model_id, c.project_id
    FROM created c, numeric_leaves(c.evaluations) leaf)`;

/** One more than a page has, to know whether another one follows. */
const PAGE = 'LIMIT 101';

/** What the hot routes need of the database, each in one statement. */
export const HOT = {
  experiment: `SELECT ${COLUMNS} FROM experiments e WHERE e.experiment_id = $1 AND ${LOOKED_UP}`,
  project: `SELECT ${PROJECT} FROM projects p WHERE p.project_name = $1 AND p.deleted_datetime IS NULL`,
  experiments_of_model: `SELECT ${COLUMNS} FROM experiments e WHERE e.model_id = $1 AND ${LIVE}
    ORDER BY e.created_datetime, e.experiment_id ${PAGE}`,
  projects: `SELECT ${PROJECT} FROM projects p WHERE p.deleted_datetime IS NULL
    ORDER BY p.created_datetime, p.project_id ${PAGE}`,
  create: `WITH ${CREATED} SELECT * FROM created`,
  /** With the answer under its key, so that a repeated request can be answered. */
  create_keyed: `WITH ${CREATED}, remembered AS (
      INSERT INTO idempotency_keys (key, fingerprint, answer)
      SELECT $13, $14, jsonb_agg(to_jsonb(created)) FROM created
    ) SELECT * FROM created`,
  merge_evaluations: `SELECT ${COLUMNS} FROM merge_evaluations($1, $2, NULL) e`,
  merge_artifact_file_paths: `UPDATE experiments e SET
      artifact_file_paths = coalesce(e.artifact_file_paths, '{}') || $2,
      updated_datetime = greatest(clock_timestamp(), e.updated_datetime + interval '1 microsecond')
    FROM models m, projects p
    WHERE e.experiment_id = $1 AND ${JOINED}
    RETURNING ${COLUMNS}`,
} as const;
