import { Check, Column, Entity, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import { ExperimentEntity } from '../experiment.entity.js';

/** A metric of an experiment: what is kept of all its points, so that nobody has to read them to rank it. */
@Entity('metric_series')
@Check('ck_metric_series_key', 'char_length(key) BETWEEN 1 AND 250')
export class MetricSeriesEntity {
  @PrimaryColumn({
    name: 'experiment_id',
    type: 'text',
    collation: 'C',
    primaryKeyConstraintName: 'pk_metric_series',
  })
  experimentId!: string;

  @ManyToOne(() => ExperimentEntity, { nullable: false, onDelete: 'CASCADE' })
  @JoinColumn({
    name: 'experiment_id',
    foreignKeyConstraintName: 'fk_metric_series_experiment_id',
  })
  experiment!: ExperimentEntity;

  @PrimaryColumn({ type: 'text', collation: 'C', primaryKeyConstraintName: 'pk_metric_series' })
  key!: string;

  /** Stands for experiment and key in the table of points: eight bytes instead of fifty. */
  @Column({ name: 'series_id', type: 'bigint', generated: 'identity', generatedIdentity: 'ALWAYS' })
  seriesId!: string;

  @Column({ type: 'bigint' })
  count!: string;

  /** The value of the point with the highest step, of the latest of these. */
  @Column({ type: 'numeric' })
  last!: string;

  @Column({ name: 'last_step', type: 'bigint' })
  lastStep!: string;

  @Column({ name: 'last_timestamp', type: 'timestamptz' })
  lastTimestamp!: Date;

  /** The lowest number; NaN when there is nothing else. */
  @Column({ type: 'numeric' })
  min!: string;

  /** The highest number; NaN when there is nothing else. */
  @Column({ type: 'numeric' })
  max!: string;
}
