import { Column } from 'typeorm';

/** The columns that projects, models and experiments have in common. */
export abstract class RecordEntity {
  @Column({ type: 'text', nullable: true })
  description!: string | null;

  @Column({ type: 'jsonb', nullable: true })
  tags!: Record<string, string> | null;

  @Column({ name: 'created_datetime', type: 'timestamptz', default: () => 'now()' })
  createdDatetime!: Date;

  @Column({ name: 'updated_datetime', type: 'timestamptz', default: () => 'now()' })
  updatedDatetime!: Date;

  /** Set while the record is deleted. */
  @Column({ name: 'deleted_datetime', type: 'timestamptz', nullable: true })
  deletedDatetime!: Date | null;
}
