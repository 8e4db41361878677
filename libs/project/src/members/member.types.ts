import type { Role } from '#http';

/** A role on a project, as it is told of. */
export interface MemberRow {
  readonly member: string;
  readonly role: Role;
  readonly created_by: string;
  readonly created_at: string;
}

/** Who is given which role. */
export interface NewMember {
  readonly member: string;
  readonly role: Role;
}
