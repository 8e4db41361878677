/** The three tables of the old Python service, in columns as they are told of in the rows. */
export const OLD_COLUMNS = {
  projects: ['project_id', 'project_name', 'description', 'created_datetime'],
  models: ['model_id', 'project_id', 'model_name', 'description', 'created_datetime'],
  experiments: [
    'experiment_id',
    'model_version_id',
    'model_id',
    'parameters',
    'training_dataset',
    'validation_dataset',
    'test_dataset',
    'evaluations',
    'artifact_file_paths',
    'created_datetime',
  ],
} as const;

export type OldTable = keyof typeof OLD_COLUMNS;
export const OLD_TABLES = Object.keys(OLD_COLUMNS) as OldTable[];

/**
 * The tables as the old service's SQLAlchemy has made them, without the constraints that would keep defects away.
 * @param time - the type of its times: SQLite and PostgreSQL have different ones
 */
export const oldSchema = (time: 'DATETIME' | 'TIMESTAMP WITH TIME ZONE'): string => `
  CREATE TABLE projects (
    project_id VARCHAR(255) NOT NULL, project_name VARCHAR(255) NOT NULL, description TEXT,
    created_datetime ${time} DEFAULT CURRENT_TIMESTAMP);
  CREATE TABLE models (
    model_id VARCHAR(255) NOT NULL, project_id VARCHAR(255), model_name VARCHAR(255) NOT NULL,
    description TEXT, created_datetime ${time} DEFAULT CURRENT_TIMESTAMP);
  CREATE TABLE experiments (
    experiment_id VARCHAR(255), model_version_id VARCHAR(255), model_id VARCHAR(255) NOT NULL,
    parameters JSON, training_dataset TEXT, validation_dataset TEXT, test_dataset TEXT,
    evaluations JSON, artifact_file_paths JSON, created_datetime ${time} DEFAULT CURRENT_TIMESTAMP);`;
