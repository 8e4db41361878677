import { COLUMNS, LIVE } from './questions.js';

/** Looked up row by row: one experiment needs two look-ups, not the ids of all projects, or of everything that was deleted. */
const LOOKED_UP = `e.deleted_datetime IS NULL
  AND (SELECT m.deleted_datetime IS NULL FROM models m WHERE m.model_id = e.model_id)
  AND (SELECT p.deleted_datetime IS NULL FROM projects p WHERE p.project_id = e.project_id)`;

const PROJECT = `p.project_id, p.project_name, p.description, p.tags, p.created_datetime,
  p.updated_datetime, p.deleted_datetime`;

const CREATED = `created AS (
    INSERT INTO experiments AS e (
      experiment_id, project_id, model_id, model_version_id, experiment_name, description,
      parameters, training_dataset, validation_dataset, test_dataset,
      evaluations, artifact_file_paths, tags)
    SELECT $1, m.project_id, m.model_id, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12
    FROM models m WHERE m.model_id = $2 AND m.deleted_datetime IS NULL
      AND (SELECT p.deleted_datetime IS NULL FROM projects p WHERE p.project_id = m.project_id)
    RETURNING ${COLUMNS}
  ), indexed AS (
    INSERT INTO experiment_evaluations (experiment_id, key, value, model_id, project_id)
    SELECT c.experiment_id, leaf.key, leaf.value, c.model_id, c.project_id
    FROM created c, numeric_leaves(c.evaluations) leaf)`;

/** What writes down who did something: the parameter holds that. */
const event = (origin: string, what: string): string => `audited AS (
    INSERT INTO audit_events (
      actor, method, key_id, request_id, address,
      occurred, action, entity_type, entity_id, project_id, before, after)
    SELECT ${[1, 2, 3, 4, 5].map((place) => `(${origin}::text[])[${place}]`).join(', ')}, ${what})`;

const MADE = `created.updated_datetime, 'experiment.create', 'experiment', created.experiment_id, created.project_id,
    NULL, to_jsonb(created) FROM created`;

/** The experiment `$1`, locked, as it is before a merge. */
const BEFORE = `before_change AS MATERIALIZED (
    SELECT * FROM experiments WHERE experiment_id = $1 FOR NO KEY UPDATE)`;

/** What a merge has changed: of the document those keys that were sent, in `$2`. */
const merged = (document: string): string => {
  const side = (part: string, time: string): string =>
    `CASE WHEN c.is_new OR c.became <> '{}' THEN jsonb_build_object('${document}', ${part}) ELSE '{}' END
      || jsonb_build_object('updated_datetime', ${time})`;
  return event(
    '$3',
    `c.updated_datetime, 'experiment.merge_${document}', 'experiment', c.experiment_id, c.project_id,
      ${side('CASE WHEN NOT c.is_new THEN c.was END', 'c.was_updated')}, ${side('c.became', 'c.updated_datetime')}
    FROM (SELECT m.experiment_id, m.project_id, m.updated_datetime, b.updated_datetime AS was_updated,
        b.${document} IS NULL AS is_new, part.was, part.became
      FROM merged m JOIN before_change b USING (experiment_id)
      CROSS JOIN LATERAL (
        SELECT coalesce(jsonb_object_agg(name, b.${document} -> name) FILTER (WHERE b.${document} ? name), '{}') AS was,
          coalesce(jsonb_object_agg(name, m.${document} -> name), '{}') AS became
        FROM jsonb_object_keys($2::jsonb) name
        WHERE (b.${document} -> name)::text IS DISTINCT FROM (m.${document} -> name)::text
      ) part
      WHERE m.updated_datetime <> b.updated_datetime OFFSET 0) c`,
  );
};

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
  create: `WITH ${CREATED}, ${event('$13', MADE)} SELECT * FROM created`,
  /** With the answer under its key, so that a repeated request can be answered. */
  create_keyed: `WITH ${CREATED}, ${event('$13', MADE)}, remembered AS (
      INSERT INTO idempotency_keys (key, fingerprint, answer)
      SELECT $14, $15, jsonb_agg(to_jsonb(created)) FROM created
    ) SELECT * FROM created`,
  merge_evaluations: `WITH ${BEFORE}, merged AS MATERIALIZED (
      SELECT ${COLUMNS} FROM merge_evaluations((SELECT experiment_id FROM before_change), $2, NULL) e
    ), ${merged('evaluations')} SELECT * FROM merged`,
  merge_artifact_file_paths: `WITH ${BEFORE}, merged AS (UPDATE experiments e SET
      artifact_file_paths = coalesce(e.artifact_file_paths, '{}') || $2,
      updated_datetime = greatest(clock_timestamp(), e.updated_datetime + interval '1 microsecond')
    WHERE e.experiment_id = (SELECT experiment_id FROM before_change) AND ${LOOKED_UP}
    RETURNING ${COLUMNS}), ${merged('artifact_file_paths')} SELECT * FROM merged`,
} as const;
