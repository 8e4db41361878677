import { adHocStatement, statement } from '#database';
import { DIFFERENCE_KINDS } from './evaluation-check.types.js';

/** A batch ends with the experiment that brings its content to this many bytes: large documents take as little memory as small ones. */
const BATCH_BYTES = 16 * 1024 * 1024;

const counts = DIFFERENCE_KINDS.map(
  (kind) => `'${kind}', count(*) FILTER (WHERE kind = '${kind}')`,
).join(', ');

/** The numbers that the index has to have of an experiment: those in its evaluations, and those of its metrics. */
const numbersOf = (alias: string): string =>
  `SELECT key, value FROM numeric_leaves(${alias}.evaluations)
   UNION ALL
   SELECT key, value FROM metric_numbers(${alias}.experiment_id)`;

/** One side of a difference, as JSON; the exact number as text. */
const side = (alias: string): string =>
  `CASE WHEN ${alias}_value IS NOT NULL THEN json_build_object(
     'value', ${alias}_value::text, 'model_id', ${alias}_model_id, 'project_id', ${alias}_project_id) END`;

/**
 * Compares the experiments that come after the id `$1`, `$2` at most, and answers one JSON object in which `$3`
 * differences at most are listed. One statement sees one moment, so a write that is under way is there with both its
 * document and its index rows, or with neither.
 *
 * Ids are listed from both tables: rows of an experiment that is gone are found as well. The rows of an experiment are
 * looked up one experiment at a time, by the primary key: no estimate can lead the planner to read a whole table.
 */
export const COMPARE = adHocStatement(
  'evaluation_check.compare',
  `WITH listed AS (
     (SELECT experiment_id FROM experiments
      WHERE experiment_id > $1 ORDER BY experiment_id LIMIT $2::int)
     UNION
     (SELECT DISTINCT experiment_id FROM experiment_evaluations
      WHERE experiment_id > $1 ORDER BY experiment_id LIMIT $2::int)
     ORDER BY experiment_id LIMIT $2::int
   ), weighed AS (
     SELECT listed.experiment_id, e.model_id, e.project_id, e.evaluations,
       sum(e.content_bytes) OVER (
         ORDER BY listed.experiment_id ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS bytes_before
     FROM listed LEFT JOIN experiments e USING (experiment_id)
   ), batch AS MATERIALIZED (
     SELECT experiment_id, model_id, project_id, evaluations FROM weighed
     WHERE coalesce(bytes_before, 0) < ${String(BATCH_BYTES)}
   ), compared AS MATERIALIZED (
     SELECT b.experiment_id, number.key,
       number.document_value, b.model_id AS document_model_id, b.project_id AS document_project_id,
       number.index_value, number.index_model_id, number.index_project_id,
       CASE
         WHEN number.index_value IS NULL THEN 'not_in_index'
         WHEN number.document_value IS NULL THEN 'not_in_document'
         WHEN number.document_value <> number.index_value THEN 'value'
         WHEN (b.model_id, b.project_id) <> (number.index_model_id, number.index_project_id) THEN 'scope'
       END AS kind
     FROM batch b CROSS JOIN LATERAL (
       SELECT key, leaf.value AS document_value, indexed.value AS index_value,
         indexed.model_id AS index_model_id, indexed.project_id AS index_project_id
       FROM (${numbersOf('b')}) leaf
       FULL JOIN (
         SELECT v.key, v.value, v.model_id, v.project_id
         FROM experiment_evaluations v WHERE v.experiment_id = b.experiment_id
       ) indexed USING (key)
     ) number
   ), found AS (
     SELECT json_build_object(
         'experiment_id', experiment_id, 'key', key, 'kind', kind,
         'document', ${side('document')}, 'index', ${side('index')}) AS difference
     FROM compared WHERE kind IS NOT NULL
     ORDER BY experiment_id, key LIMIT $3::int
   )
   SELECT json_build_object(
     'last', (SELECT max(experiment_id) FROM batch),
     'experiments', (SELECT count(*) FROM batch),
     'numbers', count(*),
     'differences', json_build_object(${counts}),
     'differing', coalesce(json_agg(DISTINCT experiment_id) FILTER (WHERE kind IS NOT NULL), '[]'),
     'first', (SELECT coalesce(json_agg(difference), '[]') FROM found)
   ) AS result
   FROM compared`,
);

/** Keeps merges away until the end of the transaction. An experiment that is gone locks nothing, and nothing else can write its rows. */
export const LOCK = statement(
  'evaluation_check.lock',
  'SELECT FROM experiments WHERE experiment_id = $1 FOR UPDATE',
);

/** Makes the index rows of one experiment what its document says, as a merge does. */
export const REPAIR = statement(
  'evaluation_check.repair',
  `WITH wanted AS (
     SELECT e.experiment_id, leaf.key, leaf.value, e.model_id, e.project_id
     FROM experiments e CROSS JOIN LATERAL (${numbersOf('e')}) leaf WHERE e.experiment_id = $1
   ), removed AS (
     DELETE FROM experiment_evaluations v
     WHERE v.experiment_id = $1 AND v.key NOT IN (SELECT key FROM wanted)
   )
   INSERT INTO experiment_evaluations AS v (experiment_id, key, value, model_id, project_id)
   SELECT experiment_id, key, value, model_id, project_id FROM wanted
   ON CONFLICT (experiment_id, key) DO UPDATE SET
     value = excluded.value, model_id = excluded.model_id, project_id = excluded.project_id
   WHERE (v.value, v.model_id, v.project_id) <> (excluded.value, excluded.model_id, excluded.project_id)`,
);

/** Fills the index, which has nothing yet, with the numbers of all experiments. */
export const FILL = adHocStatement(
  'evaluation_check.fill',
  `INSERT INTO experiment_evaluations (experiment_id, key, value, model_id, project_id)
   SELECT e.experiment_id, leaf.key, leaf.value, e.model_id, e.project_id
   FROM experiments e CROSS JOIN LATERAL (${numbersOf('e')}) leaf`,
);
