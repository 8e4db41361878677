import { RecordEntity } from '#database';
import { ProjectEntity } from '#project';
import {
  Check,
  Column,
  Entity,
  Index,
  JoinColumn,
  ManyToOne,
  PrimaryColumn,
  Unique,
} from 'typeorm';

/** A model of a project. Its name is unique among the project's models that are not deleted. */
@Entity('models')
@Unique('uq_models_project_id_model_id', ['projectId', 'modelId'])
@Index('uq_models_project_id_name', ['projectId', 'modelName'], {
  unique: true,
  where: 'deleted_datetime IS NULL',
})
@Index('ix_models_created', ['createdDatetime', 'modelId'])
@Index('ix_models_project_id_created', ['projectId', 'createdDatetime', 'modelId'])
@Index('ix_models_name_created', ['modelName', 'createdDatetime', 'modelId'])
@Index('ix_models_deleted', ['modelId'], { where: 'deleted_datetime IS NOT NULL' })
@Check('ck_models_model_name', 'char_length(model_name) BETWEEN 1 AND 255')
@Check('ck_models_tags', `jsonb_typeof(tags) = 'object' AND pg_column_size(tags) <= 65536`)
export class ModelEntity extends RecordEntity {
  @PrimaryColumn({
    name: 'model_id',
    type: 'text',
    collation: 'C',
    primaryKeyConstraintName: 'pk_models',
  })
  modelId!: string;

  @Column({ name: 'project_id', type: 'text', collation: 'C' })
  projectId!: string;

  @ManyToOne(() => ProjectEntity, { nullable: false })
  @JoinColumn({ name: 'project_id', foreignKeyConstraintName: 'fk_models_project_id' })
  project!: ProjectEntity;

  @Column({ name: 'model_name', type: 'text' })
  modelName!: string;
}
