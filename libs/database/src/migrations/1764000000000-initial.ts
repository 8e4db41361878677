import type { MigrationInterface, QueryRunner } from 'typeorm';

const CONTENT_BYTES = [
  'parameters::text',
  'evaluations::text',
  'artifact_file_paths::text',
  'tags::text',
  'description',
  'training_dataset',
  'validation_dataset',
  'test_dataset',
]
  .map((column) => `octet_length(coalesce(${column}, ''))`)
  .join(' + ');

const STEPS = [
  // Where TypeORM's command line looks up the expressions of generated columns.
  `CREATE TABLE IF NOT EXISTS typeorm_metadata (
     type varchar NOT NULL, database varchar, schema varchar, "table" varchar, name varchar, value text
   )`,

  `CREATE TABLE projects (
     project_id text COLLATE "C" NOT NULL,
     project_name text NOT NULL,
     description text,
     tags jsonb,
     created_datetime timestamptz NOT NULL DEFAULT now(),
     updated_datetime timestamptz NOT NULL DEFAULT now(),
     deleted_datetime timestamptz,
     CONSTRAINT pk_projects PRIMARY KEY (project_id),
     CONSTRAINT ck_projects_project_name CHECK (char_length(project_name) BETWEEN 1 AND 255),
     CONSTRAINT ck_projects_tags CHECK (jsonb_typeof(tags) = 'object' AND pg_column_size(tags) <= 65536)
   )`,
  `CREATE UNIQUE INDEX uq_projects_project_name ON projects (project_name) WHERE deleted_datetime IS NULL`,
  `CREATE INDEX ix_projects_created ON projects (created_datetime, project_id)`,
  `CREATE INDEX ix_projects_deleted ON projects (project_id) WHERE deleted_datetime IS NOT NULL`,

  `CREATE TABLE models (
     model_id text COLLATE "C" NOT NULL,
     project_id text COLLATE "C" NOT NULL,
     model_name text NOT NULL,
     description text,
     tags jsonb,
     created_datetime timestamptz NOT NULL DEFAULT now(),
     updated_datetime timestamptz NOT NULL DEFAULT now(),
     deleted_datetime timestamptz,
     CONSTRAINT pk_models PRIMARY KEY (model_id),
     CONSTRAINT uq_models_project_id_model_id UNIQUE (project_id, model_id),
     CONSTRAINT fk_models_project_id FOREIGN KEY (project_id) REFERENCES projects (project_id),
     CONSTRAINT ck_models_model_name CHECK (char_length(model_name) BETWEEN 1 AND 255),
     CONSTRAINT ck_models_tags CHECK (jsonb_typeof(tags) = 'object' AND pg_column_size(tags) <= 65536)
   )`,
  `CREATE UNIQUE INDEX uq_models_project_id_name ON models (project_id, model_name) WHERE deleted_datetime IS NULL`,
  `CREATE INDEX ix_models_created ON models (created_datetime, model_id)`,
  `CREATE INDEX ix_models_project_id_created ON models (project_id, created_datetime, model_id)`,
  `CREATE INDEX ix_models_name_created ON models (model_name, created_datetime, model_id)`,
  `CREATE INDEX ix_models_deleted ON models (model_id) WHERE deleted_datetime IS NOT NULL`,

  `CREATE TABLE experiments (
     experiment_id text COLLATE "C" NOT NULL,
     project_id text COLLATE "C" NOT NULL,
     model_id text COLLATE "C" NOT NULL,
     model_version_id text NOT NULL,
     experiment_name text,
     description text,
     parameters jsonb,
     training_dataset text,
     validation_dataset text,
     test_dataset text,
     evaluations jsonb,
     artifact_file_paths jsonb,
     tags jsonb,
     created_datetime timestamptz NOT NULL DEFAULT now(),
     updated_datetime timestamptz NOT NULL DEFAULT now(),
     deleted_datetime timestamptz,
     content_bytes integer NOT NULL GENERATED ALWAYS AS (${CONTENT_BYTES}) STORED,
     CONSTRAINT pk_experiments PRIMARY KEY (experiment_id),
     CONSTRAINT fk_experiments_model_id FOREIGN KEY (project_id, model_id) REFERENCES models (project_id, model_id),
     CONSTRAINT ck_experiments_model_version_id CHECK (char_length(model_version_id) BETWEEN 1 AND 255),
     CONSTRAINT ck_experiments_experiment_name CHECK (char_length(experiment_name) BETWEEN 1 AND 255),
     CONSTRAINT ck_experiments_parameters CHECK (jsonb_typeof(parameters) = 'object'),
     CONSTRAINT ck_experiments_evaluations CHECK (jsonb_typeof(evaluations) = 'object'),
     CONSTRAINT ck_experiments_artifact_file_paths CHECK (jsonb_typeof(artifact_file_paths) = 'object'),
     CONSTRAINT ck_experiments_tags CHECK (jsonb_typeof(tags) = 'object' AND pg_column_size(tags) <= 65536),
     CONSTRAINT ck_experiments_content_bytes CHECK (content_bytes <= 16777216)
   )`,
  `CREATE INDEX ix_experiments_created ON experiments (created_datetime, experiment_id)`,
  `CREATE INDEX ix_experiments_project_id_created ON experiments (project_id, created_datetime, experiment_id)`,
  `CREATE INDEX ix_experiments_model_id_created ON experiments (model_id, created_datetime, experiment_id)`,
  `CREATE INDEX ix_experiments_version_created ON experiments (model_version_id, created_datetime, experiment_id)`,
  `INSERT INTO typeorm_metadata (type, database, schema, "table", name, value)
   VALUES ('GENERATED_COLUMN', current_database(), current_schema(), 'experiments', 'content_bytes', $$${CONTENT_BYTES}$$)`,
];

export class Initial1764000000000 implements MigrationInterface {
  name = 'Initial1764000000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const step of STEPS) await runner.query(step);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE experiments, models, projects, typeorm_metadata');
  }
}
