import type { MigrationInterface, QueryRunner } from 'typeorm';

const NOT_A_METRIC = String.raw`left(v.key, 2) <> '\m'`;

/**
 * Merges evaluations and brings the index of numbers in step with them.
 * @param keeps - SQL about index rows `v`: only those for which it holds are the document's, and go when it has them no more
 */
function mergeEvaluations(parameters: string, condition: string, keeps: string): string {
  return `CREATE OR REPLACE FUNCTION merge_evaluations(${parameters})
   RETURNS SETOF experiments LANGUAGE plpgsql AS $$
   DECLARE
     merged experiments;
   BEGIN
     UPDATE experiments e SET
       evaluations = coalesce(e.evaluations, '{}') || members,
       updated_datetime = greatest(clock_timestamp(), e.updated_datetime + interval '1 microsecond')
     FROM models m, projects p
     WHERE e.experiment_id = id AND e.deleted_datetime IS NULL ${condition}
       AND m.model_id = e.model_id AND m.deleted_datetime IS NULL
       AND p.project_id = e.project_id AND p.deleted_datetime IS NULL
     RETURNING e.* INTO merged;
     IF NOT FOUND THEN RETURN; END IF;

     DELETE FROM experiment_evaluations v
     WHERE v.experiment_id = id ${keeps}
       AND v.key NOT IN (SELECT leaf.key FROM numeric_leaves(merged.evaluations) leaf);

     INSERT INTO experiment_evaluations AS v (experiment_id, key, value, model_id, project_id)
     SELECT id, leaf.key, leaf.value, merged.model_id, merged.project_id
     FROM numeric_leaves(merged.evaluations) leaf
     WHERE NOT EXISTS (
       SELECT FROM experiment_evaluations same
       WHERE same.experiment_id = id AND same.key = leaf.key AND same.value = leaf.value)
     ON CONFLICT (experiment_id, key) DO UPDATE SET value = excluded.value;

     RETURN NEXT merged;
   END
   $$`;
}

const HAS_TAG = `AND (expected IS NULL
  OR to_char(e.updated_datetime AT TIME ZONE 'UTC', 'YYYYMMDDHH24MISSUS') = ANY (expected))`;

const merge = (keeps: string): string =>
  mergeEvaluations('id text, members jsonb, expected text[]', HAS_TAG, keeps);

/** This release's merge. */
export const MERGE_EVALUATIONS = merge(`AND ${NOT_A_METRIC}`);

/** Both merges: this release's, and that of the one before, which may still be running. */
const merges = (keeps: string): string[] => [
  mergeEvaluations('id text, members jsonb', '', keeps),
  merge(keeps),
];

const STEPS = [
  `CREATE TABLE metric_series (
     experiment_id text COLLATE "C" NOT NULL,
     key text COLLATE "C" NOT NULL,
     series_id bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
     count bigint NOT NULL,
     last numeric NOT NULL,
     last_step bigint NOT NULL,
     last_timestamp timestamptz NOT NULL,
     min numeric NOT NULL,
     max numeric NOT NULL,
     CONSTRAINT pk_metric_series PRIMARY KEY (experiment_id, key),
     CONSTRAINT fk_metric_series_experiment_id FOREIGN KEY (experiment_id)
       REFERENCES experiments (experiment_id) ON DELETE CASCADE,
     CONSTRAINT ck_metric_series_key CHECK (char_length(key) BETWEEN 1 AND 250)
   )`,
  // Nothing but the points: a billion of them are to fit. The key keeps a point from being there twice.
  `CREATE TABLE metric_points (
     series_id bigint NOT NULL,
     step bigint NOT NULL,
     recorded timestamptz NOT NULL,
     value numeric NOT NULL,
     CONSTRAINT pk_metric_points PRIMARY KEY (series_id, step, recorded, value)
   )`,

  // The rows that the index of numbers has of the metrics of an experiment. No path of an evaluation begins like these:
  // there, a backslash is followed by a dot or another backslash.
  String.raw`CREATE FUNCTION metric_numbers(id text) RETURNS TABLE (key text, value numeric, metric text)
   LANGUAGE sql STABLE PARALLEL SAFE AS $$
     SELECT '\m' || replace(replace(s.key, '\', '\\'), '.', '\.') || '.' || aspect.name, aspect.value, s.key
     FROM metric_series s CROSS JOIN LATERAL
       (VALUES ('last', s.last), ('min', s.min), ('max', s.max)) aspect (name, value)
     WHERE s.experiment_id = id
   $$`,

  // A function, because each of its statements sees what others committed before it, and what the one before it wrote.
  String.raw`CREATE FUNCTION append_metrics(id text, keys text[], points json) RETURNS SETOF metric_series LANGUAGE plpgsql AS $$
   DECLARE
     owner record;
   BEGIN
     SELECT e.model_id, e.project_id INTO owner
     FROM experiments e JOIN models m USING (model_id) JOIN projects p ON p.project_id = e.project_id
     WHERE e.experiment_id = id AND e.deleted_datetime IS NULL
       AND m.deleted_datetime IS NULL AND p.deleted_datetime IS NULL
     FOR KEY SHARE OF e;
     IF NOT FOUND THEN RETURN; END IF;

     -- In the order of the keys, so that requests which overlap wait for one another instead of in a circle.
     INSERT INTO metric_series (experiment_id, key, count, last, last_step, last_timestamp, min, max)
     SELECT id, key, 0, 'NaN', 0, '-infinity', 'NaN', 'NaN' FROM unnest(keys) key ORDER BY key COLLATE "C"
     ON CONFLICT (experiment_id, key) DO NOTHING;
     PERFORM FROM metric_series s WHERE s.experiment_id = id AND s.key = ANY (keys)
     ORDER BY s.key FOR NO KEY UPDATE;

     -- The series are locked, so what is not there now is not there later. Beyond the last step nothing is: there
     -- nobody has to look, and ON CONFLICT would look for every point.
     WITH sent AS (
       SELECT DISTINCT s.series_id, coalesce(point.step::bigint, 0) AS step,
         coalesce(point.timestamp, now()) AS recorded, point.value, s.count, s.last_step
       FROM json_to_recordset(points) AS point (key text, step numeric, timestamp timestamptz, value numeric)
       JOIN metric_series s ON s.experiment_id = id AND s.key = point.key
     ), added AS (
       INSERT INTO metric_points (series_id, step, recorded, value)
       SELECT series_id, step, recorded, value FROM sent
       WHERE count = 0 OR step > last_step OR NOT EXISTS (
         SELECT FROM metric_points same
         WHERE (same.series_id, same.step, same.recorded, same.value)
           = (sent.series_id, sent.step, sent.recorded, sent.value))
       ORDER BY series_id, step, recorded, value
       RETURNING series_id, step, recorded, value
     ), extremes AS (
       SELECT series_id, count(*), max(step) AS step,
         min(value) FILTER (WHERE value <> 'NaN') AS min,
         max(value) FILTER (WHERE value <> 'NaN') AS max
       FROM added GROUP BY series_id
     ), latest AS (
       SELECT DISTINCT ON (series_id) series_id, step, added.recorded, added.value
       FROM added JOIN extremes USING (series_id, step)
       ORDER BY series_id, added.recorded DESC, added.value DESC
     )
     UPDATE metric_series s SET
       count = s.count + new.count,
       (last_step, last_timestamp, last) = (
         SELECT one.step, one.recorded, one.value
         FROM (VALUES (s.last_step, s.last_timestamp, s.last), (l.step, l.recorded, l.value))
           one (step, recorded, value)
         WHERE s.count > 0 OR one.recorded > '-infinity'
         ORDER BY one.step DESC, one.recorded DESC, one.value DESC LIMIT 1),
       min = coalesce(least(nullif(s.min, 'NaN'), new.min), 'NaN'),
       max = coalesce(greatest(nullif(s.max, 'NaN'), new.max), 'NaN')
     FROM extremes new JOIN latest l USING (series_id)
     WHERE s.experiment_id = id AND s.series_id = new.series_id;

     INSERT INTO experiment_evaluations AS v (experiment_id, key, value, model_id, project_id)
     SELECT id, number.key, number.value, owner.model_id, owner.project_id
     FROM metric_numbers(id) number
     WHERE number.metric = ANY (keys) AND NOT EXISTS (
       SELECT FROM experiment_evaluations same
       WHERE same.experiment_id = id AND same.key = number.key AND same.value = number.value)
     ORDER BY number.key
     ON CONFLICT (experiment_id, key) DO UPDATE SET value = excluded.value;

     RETURN QUERY SELECT * FROM metric_series s
       WHERE s.experiment_id = id AND s.key = ANY (keys) ORDER BY s.key;
   END
   $$`,
  ...merges(`AND ${NOT_A_METRIC}`),
];

/** The history of metrics: points of learning curves, and for each curve its last, lowest and highest value. */
export class Metrics1764600000000 implements MigrationInterface {
  name = 'Metrics1764600000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STEPS) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of merges('')) await runner.query(statement);
    await runner.query(`DELETE FROM experiment_evaluations v WHERE NOT ${NOT_A_METRIC}`);
    await runner.query('DROP FUNCTION append_metrics(text, text[], json)');
    await runner.query('DROP FUNCTION metric_numbers(text)');
    await runner.query('DROP TABLE metric_points, metric_series');
  }
}
