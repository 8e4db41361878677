import { isLive, isWithin, parentIsLive, statement } from '#database';
import { leaves, pathSteps } from '../leaves.sql.js';

const MAX_BYTES = 33_554_432;
const MAX_VALUES = 100_000;

const HEADER = [
  'experiment_id',
  'experiment_name',
  'project_id',
  'model_id',
  'model_name',
  'model_version_id',
  'created_datetime',
].join(', ');

/**
 * Takes the ids as a JSON array, and the projects that count. First a row for each experiment that is found, in that order, all with `too_large`
 * telling whether the table is left out; then a row for each key of the table, with the values of those who have it.
 *
 * The documents are looked into only when all are found and small enough, and no further than to the value that makes
 * it too much. `differs` is equality as `jsonb` has it, where 1 is 1.0; a `null` counts as absent. With `LIMIT 1` each
 * experiment is looked up by its id, whatever the planner believes about the table.
 */
export const COMPARE = statement(
  'experiment.compare',
  `WITH RECURSIVE asked AS MATERIALIZED (
     SELECT id, position FROM json_array_elements_text($1) WITH ORDINALITY asked (id, position)
   ), chosen AS MATERIALIZED (
     SELECT e.*, m.model_name, asked.position,
       sum(e.content_bytes) OVER () <= ${String(MAX_BYTES)} AS readable
     FROM asked
     JOIN LATERAL (
       SELECT * FROM experiments WHERE experiment_id = asked.id LIMIT 1) e
       ON ${isLive('e')} AND ${isWithin('e.project_id', '$2')}
       AND ${parentIsLive('e', 'projects', 'project_id')}
     JOIN LATERAL (
       SELECT * FROM models WHERE model_id = e.model_id LIMIT 1) m ON ${isLive('m')}
   ), ${leaves(
     `SELECT part.name, position, part.document FROM chosen, LATERAL (VALUES
        ('parameters', parameters),
        ('evaluations', evaluations),
        ('datasets', jsonb_strip_nulls(jsonb_build_object(
          'training_dataset', training_dataset,
          'validation_dataset', validation_dataset,
          'test_dataset', test_dataset))),
        ('artifact_file_paths', artifact_file_paths),
        ('tags', tags)) part (name, document)
      WHERE readable AND (SELECT count(*) FROM chosen) = (SELECT count(*) FROM asked)`,
   )}, cell AS MATERIALIZED (
     SELECT part, owner, path, value,
       CASE WHEN part = 'evaluations' THEN nullif(json_number(value), 'NaN') END AS number
     FROM leaf LIMIT ${String(MAX_VALUES + 1)}
   ), ranked AS (
     SELECT cell.*, max(number) OVER same_key AS highest, min(number) OVER same_key AS lowest
     FROM cell WHERE (SELECT count(*) FROM cell) <= ${String(MAX_VALUES)}
     WINDOW same_key AS (PARTITION BY part, path)
   ), line AS (
     SELECT part, path,
       json_agg(owner ORDER BY owner) AS positions,
       json_agg(value::text ORDER BY owner) AS texts,
       count(DISTINCT value) FILTER (WHERE value <> 'null') > 1 OR
         count(*) FILTER (WHERE value <> 'null') NOT IN (0, (SELECT count(*) FROM asked)) AS differs,
       json_agg(owner ORDER BY owner) FILTER (WHERE number = highest) AS highest,
       json_agg(owner ORDER BY owner) FILTER (WHERE number = lowest) AS lowest
     FROM ranked GROUP BY part, path
   )
   SELECT NULL AS part, ${HEADER},
     NOT readable OR (SELECT count(*) FROM cell) > ${String(MAX_VALUES)} AS too_large,
     NULL AS path, NULL AS positions, NULL AS texts, NULL::boolean AS differs, NULL AS highest, NULL AS lowest,
     position, NULL::text[] AS steps
   FROM chosen
   UNION ALL
   SELECT part, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL,
     path, positions::text, texts::text, differs, highest::text, lowest::text, NULL, ${pathSteps('path')}
   FROM line
   ORDER BY part NULLS FIRST, position, steps`,
);
