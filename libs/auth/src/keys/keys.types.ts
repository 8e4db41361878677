import type { Access, Role } from '#http';

/** A key as it is told of; times as ISO 8601. */
export interface KeyRow {
  readonly key_id: string;
  readonly name: string;
  readonly role: Role;
  /** A JSON array of the projects it is for; null: it is for everything. */
  readonly project_ids: string | null;
  readonly created_by: string;
  readonly created_at: string;
  readonly expires_at: string | null;
  readonly last_used_at: string | null;
  readonly revoked_at: string | null;
}

/** What a key is checked against, and what may be done with it; times as ISO 8601. */
export interface KnownKey {
  readonly key_id: string;
  readonly name: string;
  readonly digest: Buffer;
  readonly expires_at: string | null;
  readonly revoked_at: string | null;
  readonly access: Access;
}

/** A key that has just been made, with its text. */
export interface MadeKey {
  readonly row: KeyRow;
  readonly text: string;
}

export interface NewKey {
  readonly name: string;
  readonly role: Role;
  /** Where the role is held; null: everywhere. */
  readonly projectIds: readonly string[] | null;
  readonly expiresAt: string | null;
}
