import { isLive, parentIsLive, statement } from '#database';
import { leaves, pathSteps } from '../leaves.sql.js';

/** What is examined ends at this many experiments, or with the one that reaches this many bytes: a second or two of work. */
const MAX_EXAMINED = 10_000;
const MAX_BYTES = 8_388_608;
/** Keys of a part that are told: those that most experiments have. */
const MAX_KEYS = 1000;
/** More or longer strings than these are no choice to offer. */
const MAX_CHOICES = 20;
const MAX_CHOICE_BYTES = 255;

const MODEL = '(SELECT model_id FROM scope)';
const NEWEST_FIRST = 'e.model_id DESC, e.created_datetime DESC, e.experiment_id DESC';

/**
 * A row for each key, each with the model's totals; one without a key when there is none, and no row at all when there
 * is no such model. The scope is written as a range of the index (see `keyset`): the newest are read from its end.
 */
export const KEYS = statement(
  'experiment.keys_of_model',
  `WITH RECURSIVE scope AS MATERIALIZED (
     SELECT m.model_id, m.project_id FROM models m WHERE m.model_id = $1
       AND m.deleted_datetime IS NULL AND ${parentIsLive('m', 'projects', 'project_id')}
   ), newest AS MATERIALIZED (
     SELECT parameters, evaluations, tags FROM (
       SELECT e.parameters, e.evaluations, e.tags, e.content_bytes,
         sum(e.content_bytes) OVER (ORDER BY ${NEWEST_FIRST} ROWS UNBOUNDED PRECEDING) AS bytes_so_far
       FROM experiments e
       WHERE (e.model_id, e.created_datetime, e.experiment_id) >= (${MODEL}, '-infinity', '')
         AND e.model_id <= ${MODEL} AND ${isLive('e')}
       ORDER BY ${NEWEST_FIRST} LIMIT ${String(MAX_EXAMINED)}
     ) e
     WHERE bytes_so_far - content_bytes < ${String(MAX_BYTES)}
   ), ${leaves(
     `SELECT part.name, NULL::bigint, part.document FROM newest, LATERAL (VALUES
        ('parameters', parameters), ('evaluations', evaluations), ('tags', tags)) part (name, document)`,
   )}, typed AS (
     SELECT part, path, number,
       CASE WHEN number IS NULL THEN type ELSE 'number' END AS type,
       CASE WHEN number IS NULL AND type = 'string' THEN (value #>> '{}') COLLATE "C" END AS string
     FROM (SELECT leaf.*, json_number(value) AS number FROM leaf) leaf
   ), distinct_string AS (
     SELECT part, path, type, string, count(*) AS count,
       min(nullif(number, 'NaN')) AS min, max(nullif(number, 'NaN')) AS max
     FROM typed GROUP BY part, path, type, string
   ), by_type AS (
     SELECT part, path, type, sum(count) AS count, min(min) AS min, max(max) AS max,
       CASE WHEN count(string) <= ${String(MAX_CHOICES)} AND max(octet_length(string)) <= ${String(MAX_CHOICE_BYTES)}
         THEN json_agg(string ORDER BY string)::text END AS choices
     FROM distinct_string GROUP BY part, path, type
   ), key AS (
     SELECT part, path, sum(count) AS count, jsonb_object_agg(type, count) AS types,
       min(min) AS min, max(max) AS max, min(choices) AS choices,
       row_number() OVER (PARTITION BY part ORDER BY sum(count) DESC, path) AS place,
       count(*) OVER (PARTITION BY part) > ${String(MAX_KEYS)} AS truncated
     FROM by_type GROUP BY part, path
   )
   SELECT scope.model_id, scope.project_id,
     (SELECT count(*) FROM experiments e
      WHERE e.model_id = scope.model_id AND e.deleted_datetime IS NULL) AS experiments,
     (SELECT count(*) FROM newest) AS examined,
     key.part, key.path, key.count, key.types, key.min, key.max, key.choices, key.truncated
   FROM scope LEFT JOIN key ON key.place <= ${String(MAX_KEYS)}
   ORDER BY key.part, ${pathSteps('key.path')}`,
);
