import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * As append_metrics of 1764700000000, and tells of each series how many points were added: what is written down of an append.
 * The function of the release before, which may still be running, stays.
 */
export const APPEND_POINTS = `CREATE FUNCTION append_points(
     id text, keys text[], times timestamptz[],
     key_places integer[], time_places integer[], steps bigint[], numbers numeric[]
   ) RETURNS TABLE (kept metric_series, points_added bigint) LANGUAGE plpgsql AS $$
   DECLARE
     owner record;
     grown record;
     moments timestamptz[] := array_replace(times, NULL, now());
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
     WITH series AS (
       SELECT s.series_id, s.count, s.last_step, key.place::integer AS place
       FROM unnest(keys) WITH ORDINALITY key (key, place)
       JOIN metric_series s ON s.experiment_id = id AND s.key = key.key
     ), added AS (
       INSERT INTO metric_points (series_id, step, recorded, value)
       SELECT DISTINCT s.series_id, sent.step, moments[sent.moment], sent.value
       FROM unnest(key_places, time_places, steps, numbers) sent (place, moment, step, value)
       JOIN series s ON s.place = sent.place
       WHERE s.count = 0 OR sent.step > s.last_step OR NOT EXISTS (
         SELECT FROM metric_points same
         WHERE (same.series_id, same.step, same.recorded, same.value)
           = (s.series_id, sent.step, moments[sent.moment], sent.value))
       ORDER BY 1, 2, 3, 4
       RETURNING series_id, value
     ), new AS (
       SELECT series_id, count(*) AS count,
         min(value) FILTER (WHERE value <> 'NaN') AS min,
         max(value) FILTER (WHERE value <> 'NaN') AS max
       FROM added GROUP BY series_id
     )
     SELECT array_agg(series_id) AS series, array_agg(count) AS counts, array_agg(min) AS mins, array_agg(max) AS maxs
     INTO grown FROM new;

     -- The last point is the last one in the order of the key.
     UPDATE metric_series s SET
       count = s.count + new.count,
       (last_step, last_timestamp, last) = (
         SELECT p.step, p.recorded, p.value FROM metric_points p WHERE p.series_id = s.series_id
         ORDER BY p.series_id DESC, p.step DESC, p.recorded DESC, p.value DESC LIMIT 1),
       min = coalesce(least(nullif(s.min, 'NaN'), new.min), 'NaN'),
       max = coalesce(greatest(nullif(s.max, 'NaN'), new.max), 'NaN')
     FROM unnest(grown.series, grown.counts, grown.mins, grown.maxs) new (series_id, count, min, max)
     WHERE s.experiment_id = id AND s.series_id = new.series_id;

     INSERT INTO experiment_evaluations AS v (experiment_id, key, value, model_id, project_id)
     SELECT id, number.key, number.value, owner.model_id, owner.project_id
     FROM metric_numbers(id) number
     WHERE number.metric = ANY (keys) AND NOT EXISTS (
       SELECT FROM experiment_evaluations same
       WHERE same.experiment_id = id AND same.key = number.key AND same.value = number.value)
     ORDER BY number.key
     ON CONFLICT (experiment_id, key) DO UPDATE SET value = excluded.value;

     RETURN QUERY SELECT s, coalesce(new.count, 0)
       FROM metric_series s LEFT JOIN unnest(grown.series, grown.counts) new (series_id, count) USING (series_id)
       WHERE s.experiment_id = id AND s.key = ANY (keys) ORDER BY s.key;
   END
   $$`;

export class PointsAdded1765000100000 implements MigrationInterface {
  name = 'PointsAdded1765000100000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(APPEND_POINTS);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      'DROP FUNCTION append_points(text, text[], timestamptz[], integer[], integer[], bigint[], numeric[])',
    );
  }
}
