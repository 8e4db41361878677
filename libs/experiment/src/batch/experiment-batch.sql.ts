import { recordsMade } from '#audit';
import { isWithin, parentIsLive } from '#database';
import { largeRecords, sentRecords, writeStatement } from '#idempotency';
import { columnsOf, violations } from '../experiment.sql.js';

const SENT = sentRecords({
  model_id: 'text',
  model_version_id: 'text',
  experiment_name: 'text',
  description: 'text',
  parameters: 'jsonb',
  training_dataset: 'text',
  validation_dataset: 'text',
  test_dataset: 'text',
  evaluations: 'jsonb',
  artifact_file_paths: 'jsonb',
  tags: 'jsonb',
});

/**
 * Either all experiments, or a row without an experiment for each that has no model among the visible projects `$3`, with its
 * place; or that is in none of the editable ones `$4`, without a place.
 */
export const CREATE_ALL = writeStatement(
  'experiment.create_all',
  {
    with: [
      `sent AS MATERIALIZED (${SENT})`,
      `parent AS MATERIALIZED (
         SELECT m.model_id, m.project_id, ${isWithin('m.project_id', '$4')} AS may_write
         FROM models m
         WHERE m.model_id IN (SELECT model_id FROM sent)
           AND m.deleted_datetime IS NULL AND ${parentIsLive('m', 'projects', 'project_id')}
           AND ${isWithin('m.project_id', '$3')})`,
      `lost AS MATERIALIZED (
         SELECT CASE WHEN parent.model_id IS NULL THEN sent.position END AS position
         FROM sent LEFT JOIN parent USING (model_id) WHERE parent.may_write IS NOT TRUE)`,
      `created AS (
         INSERT INTO experiments AS e (
           experiment_id, project_id, model_id, model_version_id, experiment_name, description,
           parameters, training_dataset, validation_dataset, test_dataset,
           evaluations, artifact_file_paths, tags)
         SELECT s.id, parent.project_id, s.model_id, s.model_version_id, s.experiment_name, s.description,
           s.parameters, s.training_dataset, s.validation_dataset, s.test_dataset,
           s.evaluations, s.artifact_file_paths, s.tags
         FROM sent s JOIN parent USING (model_id)
         WHERE NOT EXISTS (SELECT FROM lost)
         ORDER BY s.position
         RETURNING ${columnsOf('e')})`,
      `indexed AS (
         INSERT INTO experiment_evaluations (experiment_id, key, value, model_id, project_id)
         SELECT c.experiment_id, leaf.key, leaf.value, c.model_id, c.project_id
         FROM created c, numeric_leaves(c.evaluations) leaf)`,
    ],
    // The ids were made in the order sent.
    answer: `SELECT NULL AS lost, ${columnsOf('c')} FROM created c
      UNION ALL
      SELECT l.position::text AS lost, ${columnsOf('e')}
      FROM lost l LEFT JOIN experiments e ON false
      ORDER BY experiment_id, lost`,
    rows: { type: 'experiments', columns: columnsOf },
    succeeded: 'experiment_id IS NOT NULL',
    audit: [recordsMade('experiment', 'created')],
  },
  violations,
);

/** The experiments that the constraint on `content_bytes` refuses, and those whose tags are too large. */
export const LARGE = largeRecords(
  'experiment.large_of_batch',
  SENT,
  `octet_length(concat(s.parameters::text, s.evaluations::text, s.artifact_file_paths::text, s.tags::text,
     s.description, s.training_dataset, s.validation_dataset, s.test_dataset)) > 16777216`,
);
