import type { Role } from '#http';
import { Check, Column, Entity, PrimaryColumn } from 'typeorm';

/** A key for a program. Revoked keys stay: who has done what has to be told for years. */
@Entity('api_keys')
@Check('ck_api_keys_role', `role IN ('viewer', 'editor', 'admin')`)
@Check('ck_api_keys_role_on_projects', `role_on_projects IN ('viewer', 'editor', 'admin')`)
@Check('ck_api_keys_one_role', 'num_nulls(role, role_on_projects) = 1')
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

  /** On everything. */
  @Column({ type: 'text', collation: 'C', nullable: true })
  role!: Role | null;

  /** Of a key that is for some projects: the role that it was made with. `project_members` tells what it has by now. */
  @Column({ name: 'role_on_projects', type: 'text', collation: 'C', nullable: true })
  roleOnProjects!: Role | null;

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
