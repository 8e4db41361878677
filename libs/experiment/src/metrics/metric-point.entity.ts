import { Entity, PrimaryColumn } from 'typeorm';

const key = { primaryKeyConstraintName: 'pk_metric_points' };

/**
 * A point of a learning curve. Points are only ever added, by `append_metrics`. There is no foreign key to the series: it
 * would need a unique `series_id`, and look one up for every point.
 */
@Entity('metric_points')
export class MetricPointEntity {
  @PrimaryColumn({ name: 'series_id', type: 'bigint', ...key })
  seriesId!: string;

  @PrimaryColumn({ type: 'bigint', ...key })
  step!: string;

  @PrimaryColumn({ type: 'timestamptz', ...key })
  recorded!: Date;

  /** The number, exactly; NaN and infinities are there, too. */
  @PrimaryColumn({ type: 'numeric', ...key })
  value!: string;
}
