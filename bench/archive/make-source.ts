import pg from 'pg';
import { fill, type FillProgress } from '../fill/fill.js';

/** What a service would have written beside its experiments: an event of each, and of one in ten a curve of 100 points. */
const BESIDE = [
  `INSERT INTO audit_events (occurred, actor, method, action, entity_type, entity_id, project_id, after)
   SELECT created_datetime, 'key:pipeline', 'api_key', 'experiment.create', 'experiment', experiment_id, project_id,
     to_jsonb(e) - 'content_bytes'
   FROM experiments e ORDER BY experiment_id`,
  `INSERT INTO metric_series (experiment_id, key, count, last, last_step, last_timestamp, min, max)
   SELECT experiment_id, 'loss', 100, 0.01, 99, created_datetime + interval '99 seconds', 0.01, 1
   FROM experiments TABLESAMPLE SYSTEM (10) REPEATABLE (1)`,
  `INSERT INTO metric_points (series_id, step, recorded, value)
   SELECT series_id, step, last_timestamp - (99 - step) * interval '1 second', 1.0 / (step + 1)
   FROM metric_series, generate_series(0, 99) step ORDER BY series_id, step`,
  `INSERT INTO experiment_evaluations (experiment_id, key, value, model_id, project_id)
   SELECT e.experiment_id, number.key, number.value, e.model_id, e.project_id
   FROM metric_series s JOIN experiments e USING (experiment_id), metric_numbers(s.experiment_id) number`,
  'VACUUM (ANALYZE)',
];

const SILENT: FillProgress = { step: () => undefined, rows: () => undefined };

/** Fills a migrated database as a service would have. */
export async function makeSource(url: string, experiments: number): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await fill(client, { seed: 1, experiments }, false, SILENT);
    for (const statement of BESIDE) await client.query(statement);
  } finally {
    await client.end();
  }
}
