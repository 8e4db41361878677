import type { Role } from '#http';

/** A key as it is told of; times as ISO 8601. */
export interface KeyRow {
  readonly key_id: string;
  readonly name: string;
  readonly role: Role;
  readonly created_by: string;
  readonly created_at: string;
  readonly expires_at: string | null;
  readonly last_used_at: string | null;
  readonly revoked_at: string | null;
}

/** What a key is checked against. */
export interface KnownKey extends KeyRow {
  readonly digest: string;
}

/** A key that has just been made, with its text. */
export interface MadeKey {
  readonly row: KeyRow;
  readonly text: string;
}

export interface NewKey {
  readonly name: string;
  readonly role: Role;
  readonly expiresAt: string | null;
}
