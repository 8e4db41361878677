import { RecordEntity } from '#database';
import { ModelEntity } from '#model';
import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';

type Document = Record<string, unknown>;

/** Everything in an experiment that has no fixed size, as it is sent. */
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

/** One training result of a model. Only its primary key is unique, so that the table can be distributed by it. */
@Entity('experiments')
@Index('ix_experiments_created', ['createdDatetime', 'experimentId'])
@Index('ix_experiments_project_id_created', ['projectId', 'createdDatetime', 'experimentId'])
@Index('ix_experiments_model_id_created', ['modelId', 'createdDatetime', 'experimentId'])
@Index('ix_experiments_version_created', ['modelVersionId', 'createdDatetime', 'experimentId'])
@Index('ix_experiments_model_id_live', ['modelId'], { where: 'deleted_datetime IS NULL' })
@Index('ix_experiments_parameters_tags', { synchronize: false }) // A GIN index, which TypeORM cannot describe.
@Check('ck_experiments_model_version_id', 'char_length(model_version_id) BETWEEN 1 AND 255')
@Check('ck_experiments_experiment_name', 'char_length(experiment_name) BETWEEN 1 AND 255')
@Check('ck_experiments_parameters', `jsonb_typeof(parameters) = 'object'`)
@Check('ck_experiments_evaluations', `jsonb_typeof(evaluations) = 'object'`)
@Check('ck_experiments_artifact_file_paths', `jsonb_typeof(artifact_file_paths) = 'object'`)
@Check('ck_experiments_tags', `jsonb_typeof(tags) = 'object' AND pg_column_size(tags) <= 65536`)
@Check('ck_experiments_content_bytes', 'content_bytes <= 16777216')
export class ExperimentEntity extends RecordEntity {
  @PrimaryColumn({
    name: 'experiment_id',
    type: 'text',
    collation: 'C',
    primaryKeyConstraintName: 'pk_experiments',
  })
  experimentId!: string;

  /** The model's project: a model never moves, so this is kept here for lists that are scoped by it. */
  @Column({ name: 'project_id', type: 'text', collation: 'C' })
  projectId!: string;

  @Column({ name: 'model_id', type: 'text', collation: 'C' })
  modelId!: string;

  @ManyToOne(() => ModelEntity, { nullable: false })
  @JoinColumn([
    {
      name: 'project_id',
      referencedColumnName: 'projectId',
      foreignKeyConstraintName: 'fk_experiments_model_id',
    },
    {
      name: 'model_id',
      referencedColumnName: 'modelId',
      foreignKeyConstraintName: 'fk_experiments_model_id',
    },
  ])
  model!: ModelEntity;

  @Column({ name: 'model_version_id', type: 'text' })
  modelVersionId!: string;

  @Column({ name: 'experiment_name', type: 'text', nullable: true })
  experimentName!: string | null;

  @Column({ type: 'jsonb', nullable: true })
  parameters!: Document | null;

  @Column({ name: 'training_dataset', type: 'text', nullable: true })
  trainingDataset!: string | null;

  @Column({ name: 'validation_dataset', type: 'text', nullable: true })
  validationDataset!: string | null;

  @Column({ name: 'test_dataset', type: 'text', nullable: true })
  testDataset!: string | null;

  @Column({ type: 'jsonb', nullable: true })
  evaluations!: Document | null;

  @Column({ name: 'artifact_file_paths', type: 'jsonb', nullable: true })
  artifactFilePaths!: Document | null;

  /** The size of the record as it is sent, in bytes: bounds the record, and how many of them make a page. */
  @Column({
    name: 'content_bytes',
    type: 'integer',
    generatedType: 'STORED',
    asExpression: CONTENT_BYTES,
  })
  contentBytes!: number;
}
