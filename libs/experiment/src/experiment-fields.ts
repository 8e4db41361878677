import type { Fields } from '#query';
import { METRIC_MEMBERS, METRICS_SQL } from './metrics/metric-members.js';

/** What a condition or an ordering of experiments may be about; the table is called `e`. */
export const EXPERIMENT_FIELDS: Fields = {
  experiment_id: { type: 'text', sql: 'e.experiment_id' },
  project_id: { type: 'text', sql: 'e.project_id' },
  project_name: {
    type: 'text',
    sql: '(SELECT p.project_name FROM projects p WHERE p.project_id = e.project_id)',
  },
  model_id: { type: 'text', sql: 'e.model_id' },
  model_name: {
    type: 'text',
    sql: '(SELECT m.model_name FROM models m WHERE m.model_id = e.model_id)',
  },
  model_version_id: { type: 'text', sql: 'e.model_version_id' },
  experiment_name: { type: 'text', sql: 'e.experiment_name' },
  description: { type: 'text', sql: 'e.description' },
  parameters: { type: 'document', sql: 'e.parameters', example: 'learning_rate' },
  training_dataset: { type: 'text', sql: 'e.training_dataset' },
  validation_dataset: { type: 'text', sql: 'e.validation_dataset' },
  test_dataset: { type: 'text', sql: 'e.test_dataset' },
  evaluations: { type: 'document', sql: 'e.evaluations', example: 'accuracy', ordersNumbers: true },
  metrics: {
    type: 'document',
    sql: METRICS_SQL,
    example: 'loss.min',
    ordersNumbers: true,
    members: METRIC_MEMBERS,
  },
  artifact_file_paths: { type: 'document', sql: 'e.artifact_file_paths', example: 'model' },
  tags: { type: 'document', sql: 'e.tags', example: 'team' },
  created_datetime: { type: 'time', sql: 'e.created_datetime' },
  updated_datetime: { type: 'time', sql: 'e.updated_datetime' },
};
