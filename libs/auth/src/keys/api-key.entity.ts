import type { Role } from '#http';
import { Check, Column, Entity, PrimaryColumn } from 'typeorm';

/** A key for a program. Revoked keys stay: who has done what has to be told for years. */
@Entity('api_keys')
@Check('ck_api_keys_role', `role IN ('viewer', 'editor', 'admin')`)
export class ApiKeyEntity {
  @PrimaryColumn({
    name: 'key_id',
    type: 'text',
    collation: 'C',
    primaryKeyConstraintName: 'pk_api_keys',
  })
  keyId!: string;

  @Column({ type: 'text' })
  name!: string;

  @Column({ type: 'text', collation: 'C' })
  role!: Role;

  /** The SHA-256 of the key, in base64url. */
  @Column({ type: 'text', collation: 'C' })
  digest!: string;

  /** The subject of the caller who made it. */
  @Column({ name: 'created_by', type: 'text' })
  createdBy!: string;

  @Column({ name: 'created_datetime', type: 'timestamptz', default: () => 'clock_timestamp()' })
  createdDatetime!: Date;

  @Column({ name: 'expires_datetime', type: 'timestamptz', nullable: true })
  expiresDatetime!: Date | null;

  /** To the minute. */
  @Column({ name: 'last_used_datetime', type: 'timestamptz', nullable: true })
  lastUsedDatetime!: Date | null;

  @Column({ name: 'revoked_datetime', type: 'timestamptz', nullable: true })
  revokedDatetime!: Date | null;
}
