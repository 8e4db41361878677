import { writeEvents } from '#audit';
import { statement } from '#database';

/** Experiments of a transaction, with all that they have. */
const BATCH = '200';

const isOld = (alias: string): string =>
  `${alias}.deleted_datetime < now() - make_interval(secs => $1::float8)`;

const purged = (entityType: string, gone: string): string =>
  writeEvents('$3', {
    action: `${entityType}.purge`,
    entityType,
    entityId: `gone.${entityType}_id`,
    projectId: 'gone.project_id',
    after: 'NULL',
    from: `${gone} gone`,
  });

/**
 * Deletes a batch of experiments for good: their points, which nothing else would delete, and with them by their foreign
 * keys what is kept of metrics and the index of numbers. Points that are being added wait, and find no experiment then.
 */
const purgeExperiments = (name: string, condition: string) =>
  statement(
    name,
    `WITH doomed AS MATERIALIZED (
       SELECT e.experiment_id, e.project_id FROM experiments e WHERE ${condition}
       ORDER BY e.experiment_id LIMIT ${BATCH} FOR UPDATE
     ), series AS MATERIALIZED (
       SELECT s.series_id, s.count FROM metric_series s JOIN doomed USING (experiment_id)
     ), points AS (
       DELETE FROM metric_points p USING series s WHERE p.series_id = s.series_id
     ), gone AS (
       DELETE FROM experiments e USING doomed d WHERE e.experiment_id = d.experiment_id
       RETURNING e.experiment_id, e.project_id
     ), told AS (${purged('experiment', 'gone')})
     SELECT count(*) AS experiments, max(experiment_id) AS last,
       (SELECT coalesce(sum(count), 0) FROM series) AS points FROM doomed`,
  );

/** Those that were deleted by themselves, older than `$1` seconds, after the id `$2`. */
export const OLD_EXPERIMENTS = purgeExperiments(
  'purge.old_experiments',
  `e.experiment_id > $2 AND ${isOld('e')}`,
);

/** Those of the model `$2`. */
export const EXPERIMENTS_OF_MODEL = purgeExperiments(
  'purge.experiments_of_model',
  '$1::float8 IS NOT NULL AND e.model_id = $2',
);

/** The next record, after the id `$2`, that was deleted long enough ago. */
const nextOld = (type: 'model' | 'project') =>
  statement(
    `purge.next_${type}`,
    `SELECT ${type}_id AS id FROM ${type}s r
     WHERE r.deleted_datetime IS NOT NULL AND ${isOld('r')} AND r.${type}_id > $2
     ORDER BY ${type}_id LIMIT 1`,
  );

export const NEXT = { model: nextOld('model'), project: nextOld('project') };

/** Keeps a record from being restored, if that has not been done in between. */
const hold = (type: 'model' | 'project') =>
  statement(
    `purge.hold_${type}`,
    `SELECT ${type}_id AS id FROM ${type}s r
     WHERE r.${type}_id = $2 AND ${isOld('r')} AND $3::text[] IS NOT NULL FOR UPDATE`,
  );

export const HOLD = { model: hold('model'), project: hold('project') };

export const NEXT_MODEL_OF_PROJECT = statement(
  'purge.next_model_of_project',
  'SELECT model_id AS id FROM models WHERE project_id = $1 ORDER BY model_id LIMIT 1',
);

/** `$1` is what the statements before it were told. */
export const MODEL = statement(
  'purge.model',
  `WITH gone AS (
     DELETE FROM models WHERE model_id = $2 AND $1::float8 IS NOT NULL RETURNING model_id, project_id
   ) ${purged('model', 'gone')}`,
);

export const PROJECT = statement(
  'purge.project',
  `WITH members AS (
     DELETE FROM project_members WHERE project_id = $2 AND $1::float8 IS NOT NULL
   ), gone AS (
     DELETE FROM projects WHERE project_id = $2 RETURNING project_id
   ) ${purged('project', 'gone')}`,
);

/** What a purge would delete now. */
export const COUNT = statement(
  'purge.count',
  `WITH doomed AS (
     SELECT e.experiment_id FROM experiments e
     JOIN models m USING (model_id) JOIN projects p ON p.project_id = e.project_id
     WHERE ${['e', 'm', 'p'].map(isOld).join(' OR ')}
   )
   SELECT (SELECT count(*) FROM projects p WHERE ${isOld('p')}) AS projects,
     (SELECT count(*) FROM models m JOIN projects p USING (project_id) WHERE ${isOld('m')} OR ${isOld('p')}) AS models,
     (SELECT count(*) FROM doomed) AS experiments,
     (SELECT coalesce(sum(s.count), 0) FROM metric_series s JOIN doomed USING (experiment_id)) AS points`,
);
