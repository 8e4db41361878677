import type { Role } from '#http';
import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import { ProjectEntity } from '../project.entity.js';

/** A role on a project, and so on all that is part of it. */
@Entity('project_members')
@Check('ck_project_members_role', `role IN ('viewer', 'editor', 'admin')`)
@Index('ix_project_members_project_id', ['projectId', 'member'])
export class ProjectMemberEntity {
  /** `key:…`, `user:…` or `group:…`. */
  @PrimaryColumn({ type: 'text', collation: 'C', primaryKeyConstraintName: 'pk_project_members' })
  member!: string;

  @PrimaryColumn({
    name: 'project_id',
    type: 'text',
    collation: 'C',
    primaryKeyConstraintName: 'pk_project_members',
  })
  projectId!: string;

  @ManyToOne(() => ProjectEntity)
  @JoinColumn({ name: 'project_id', foreignKeyConstraintName: 'fk_project_members_project_id' })
  project!: ProjectEntity;

  @Column({ type: 'text', collation: 'C' })
  role!: Role;

  /** The subject of the caller who gave the role. */
  @Column({ name: 'created_by', type: 'text' })
  createdBy!: string;

  @Column({ name: 'created_datetime', type: 'timestamptz', default: () => 'clock_timestamp()' })
  createdDatetime!: Date;
}
