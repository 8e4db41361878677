import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import { ExperimentEntity } from './experiment.entity.js';

/**
 * A number in the evaluations of an experiment, where it is searched and ranked. The statements that write `evaluations`
 * write these rows as well. Rows of deleted experiments stay.
 */
@Entity('experiment_evaluations')
@Index('ix_experiment_evaluations_model', ['modelId', 'key', 'value', 'experimentId'])
@Index('ix_experiment_evaluations_project', ['projectId', 'key', 'value', 'experimentId'])
@Index('ix_experiment_evaluations_key', ['key', 'value', 'experimentId'])
export class ExperimentEvaluationEntity {
  @PrimaryColumn({
    name: 'experiment_id',
    type: 'text',
    collation: 'C',
    primaryKeyConstraintName: 'pk_experiment_evaluations',
  })
  experimentId!: string;

  @ManyToOne(() => ExperimentEntity, { nullable: false, onDelete: 'CASCADE' })
  @JoinColumn({
    name: 'experiment_id',
    foreignKeyConstraintName: 'fk_experiment_evaluations_experiment_id',
  })
  experiment!: ExperimentEntity;

  /** The path of the number: its keys joined by dots, with `\` before a dot or a backslash in a key. At most 255 bytes. */
  @PrimaryColumn({
    type: 'text',
    collation: 'C',
    primaryKeyConstraintName: 'pk_experiment_evaluations',
  })
  key!: string;

  /** The number, exactly; NaN and infinities are there, too. */
  @Column({ type: 'numeric' })
  value!: string;

  @Column({ name: 'model_id', type: 'text', collation: 'C' })
  modelId!: string;

  @Column({ name: 'project_id', type: 'text', collation: 'C' })
  projectId!: string;
}
