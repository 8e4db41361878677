import { isWithin, statement } from '#database';
import { writeStatement } from '#idempotency';
import { LIVE_EXPERIMENT } from '../experiment.sql.js';

const SUMMARY = ['key', 'count', 'last', 'last_step', 'last_timestamp', 'min', 'max'];
const summaryOf = (alias: string): string => SUMMARY.map((name) => `${alias}.${name}`).join(', ');

/** Adds points to a live experiment, and answers with what is kept of their metrics; no row: there is no such experiment. */
export const APPEND = writeStatement('metrics.append', {
  with: [
    `target AS MATERIALIZED (
       SELECT experiment_id, project_id FROM experiments
       WHERE experiment_id = $1 AND ${isWithin('project_id', '$8')})`,
    `appended AS MATERIALIZED (
       SELECT (f.kept).*, f.points_added FROM append_points(
         (SELECT experiment_id FROM target),
         $2::text[], $3::timestamptz[], $4::integer[], $5::integer[], $6::bigint[], $7::numeric[]) f)`,
  ],
  answer: `SELECT ${summaryOf('a')} FROM appended a`,
  rows: { type: 'metric_series', columns: summaryOf },
  audit: [
    {
      action: 'metrics.append',
      entityType: 'experiment',
      entityId: 'points.experiment_id',
      projectId: 'points.project_id',
      after: `jsonb_build_object('points', points.added)`,
      from: `(SELECT t.experiment_id, t.project_id, jsonb_object_agg(a.key, a.points_added) AS added
        FROM target t, appended a WHERE a.points_added > 0 GROUP BY t.experiment_id, t.project_id) points`,
    },
  ],
});

/** Those of the experiments `$1` that are live, and belong to the projects `$2`. */
export const LIVE = statement(
  'metrics.live',
  `SELECT e.experiment_id FROM experiments e
   WHERE e.experiment_id = ANY ($1::text[]) AND ${LIVE_EXPERIMENT}
     AND ${isWithin('e.project_id', '$2')}`,
);

export const SUMMARIES = statement(
  'metrics.summaries',
  `SELECT ${summaryOf('s')} FROM metric_series s WHERE s.experiment_id = $1 ORDER BY s.key`,
);

/** Points of a page. */
export const PAGE_POINTS = 1000;

/**
 * The points of the experiments `$1`, of the metrics `$2` if there are any, in order, after the place `$3` to `$7`. The
 * series are walked along their key, and each from the place on, so a page costs what it holds.
 */
export const POINTS = statement(
  'metrics.points',
  `SELECT s.experiment_id, s.key, p.step, p.recorded AS timestamp, p.value
   FROM (
     SELECT experiment_id, key, series_id,
       CASE WHEN (experiment_id, key) = ($3, $4) THEN $5::bigint ELSE -9223372036854775808 END AS after_step,
       CASE WHEN (experiment_id, key) = ($3, $4) THEN $6::timestamptz ELSE '-infinity' END AS after_time,
       CASE WHEN (experiment_id, key) = ($3, $4) THEN $7::numeric ELSE '-Infinity' END AS after_value
     FROM metric_series
     WHERE experiment_id = ANY ($1::text[]) AND ($2::text[] IS NULL OR key = ANY ($2::text[]))
       AND (experiment_id, key) >= ($3, $4)
     ORDER BY experiment_id, key
   ) s
   CROSS JOIN LATERAL (
     SELECT step, recorded, value FROM metric_points
     WHERE series_id = s.series_id AND (step, recorded, value) > (s.after_step, s.after_time, s.after_value)
     ORDER BY series_id, step, recorded, value LIMIT ${String(PAGE_POINTS)}
   ) p
   ORDER BY s.experiment_id, s.key, p.step, p.recorded, p.value
   LIMIT ${String(PAGE_POINTS)}`,
);

/** The series of the experiments `$1`, of the metrics `$2` if there are any. */
export const SERIES = statement(
  'metrics.series',
  `SELECT experiment_id, key FROM metric_series
   WHERE experiment_id = ANY ($1::text[]) AND ($2::text[] IS NULL OR key = ANY ($2::text[]))
   ORDER BY experiment_id, key`,
);

/**
 * At most `$3` points of each of the series that `$1` and `$2` name, in pairs of experiment and metric. A longer one is cut into stretches of equal numbers of points, of each of which the
 * lowest, the highest and one that is NaN are kept, the first of its kind; and its own first and last.
 */
export const REDUCED = statement(
  'metrics.reduced',
  `WITH point AS (
     SELECT s.experiment_id, s.key, s.series_id, s.count, p.step, p.recorded, p.value, p.value = 'NaN' AS is_nan,
       row_number() OVER (PARTITION BY s.series_id ORDER BY p.step, p.recorded, p.value) AS place
     FROM unnest($1::text[], $2::text[]) asked (experiment_id, key)
     JOIN metric_series s USING (experiment_id, key) JOIN metric_points p USING (series_id)
   ), stretched AS (
     SELECT *, (place - 1) * greatest(($3::integer - 2) / 3, 1) / count AS stretch FROM point
   ), extreme AS (
     SELECT series_id, stretch, is_nan, min(value) AS lowest, max(value) AS highest
     FROM stretched GROUP BY series_id, stretch, is_nan
   ), kept AS (
     SELECT DISTINCT ON (p.series_id, p.stretch, p.is_nan, p.value) p.*
     FROM stretched p JOIN extreme x USING (series_id, stretch, is_nan)
     WHERE p.count > $3::integer AND p.value IN (x.lowest, x.highest)
     ORDER BY p.series_id, p.stretch, p.is_nan, p.value, p.place
   )
   SELECT experiment_id, key, step, recorded AS timestamp, value FROM (
     SELECT * FROM kept
     UNION
     SELECT * FROM stretched WHERE count <= $3::integer OR place IN (1, count)
   ) chosen
   ORDER BY experiment_id, key, place`,
);
