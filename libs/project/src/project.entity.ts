import { RecordEntity } from '#database';
import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** What models are made for: the top of the ledger. Its name is unique among the projects that are not deleted. */
@Entity('projects')
@Index('uq_projects_project_name', ['projectName'], {
  unique: true,
  where: 'deleted_datetime IS NULL',
})
@Index('ix_projects_created', ['createdDatetime', 'projectId'])
@Index('ix_projects_deleted', ['projectId'], { where: 'deleted_datetime IS NOT NULL' })
@Check('ck_projects_project_name', 'char_length(project_name) BETWEEN 1 AND 255')
@Check('ck_projects_tags', `jsonb_typeof(tags) = 'object' AND pg_column_size(tags) <= 65536`)
export class ProjectEntity extends RecordEntity {
  @PrimaryColumn({
    name: 'project_id',
    type: 'text',
    collation: 'C',
    primaryKeyConstraintName: 'pk_projects',
  })
  projectId!: string;

  @Column({ name: 'project_name', type: 'text' })
  projectName!: string;
}
