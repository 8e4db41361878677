import { statement, type Statement } from '#database';
import type { Limited } from './quota.errors.js';

/** How much of it the project `$1` has, up to what is of interest, `$2`. Deleted experiments take space as well. */
export const USED: Readonly<Record<Limited, Statement>> = {
  experiments: statement(
    'quota.experiments',
    `SELECT count(*) AS used FROM (
       SELECT FROM experiments WHERE project_id = $1 LIMIT $2::bigint) one`,
  ),
  points: statement(
    'quota.points',
    `SELECT least(coalesce(sum(s.count), 0), $2::bigint) AS used
     FROM experiments e JOIN metric_series s USING (experiment_id) WHERE e.project_id = $1`,
  ),
};

/** The projects of what it would be part of: of the models, or of the experiments `$1`. */
export const PROJECTS_OF: Readonly<Record<Limited, Statement>> = {
  experiments: statement(
    'quota.projects_of_models',
    'SELECT model_id AS id, project_id FROM models WHERE model_id = ANY ($1::text[])',
  ),
  points: statement(
    'quota.projects_of_experiments',
    'SELECT experiment_id AS id, project_id FROM experiments WHERE experiment_id = ANY ($1::text[])',
  ),
};
