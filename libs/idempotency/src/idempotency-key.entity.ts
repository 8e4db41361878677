import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** The answer to a write that was sent with an `Idempotency-Key`. */
@Entity('idempotency_keys')
@Index('ix_idempotency_keys_created', ['createdDatetime'])
export class IdempotencyKeyEntity {
  @PrimaryColumn({ type: 'text', collation: 'C', primaryKeyConstraintName: 'pk_idempotency_keys' })
  key!: string;

  /** Of the request: the same key with another request is refused. */
  @Column({ type: 'text', collation: 'C' })
  fingerprint!: string;

  /** The rows of the answer. */
  @Column({ type: 'jsonb' })
  answer!: readonly Record<string, unknown>[];

  @Column({ name: 'created_datetime', type: 'timestamptz', default: () => 'now()' })
  createdDatetime!: Date;
}
