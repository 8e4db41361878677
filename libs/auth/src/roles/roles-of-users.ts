import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { Database, statement } from '#database';
import { Access, includesRole, namesOf, type Caller, type Role } from '#http';
import type { User } from '../oidc/claims.js';

/** As with keys: less than the five seconds after which a role that was taken away is good nowhere. */
const FRESH_MS = 3000;
const REMEMBERED = 10_000;

const ROLES_OF = statement(
  'member.roles_of',
  'SELECT project_id, role FROM project_members WHERE member = ANY ($1::text[])',
);

interface MemberRow {
  readonly project_id: string;
  readonly role: Role;
}

/** Tells what the users of access tokens may do: by the configuration, and on projects, where they or their groups have roles. */
@Injectable()
export class RolesOfUsers {
  private readonly callers = new LRUCache<User, Caller>({
    max: REMEMBERED,
    ttl: FRESH_MS,
    fetchMethod: (user) => this.read(user),
  });

  constructor(private readonly database: Database) {}

  /** @returns at once where the user is known; asks the database once in a few seconds for each */
  find(user: User): Caller | Promise<Caller> {
    return this.callers.get(user) ?? this.callers.forceFetch(user);
  }

  /** Has the roles read again: they have changed. */
  forget(): void {
    this.callers.clear();
  }

  private async read({ role, ...user }: User): Promise<Caller> {
    const caller: Caller = { ...user, method: 'oidc', access: new Access(role) };
    if (role === 'admin') return caller;
    const rows = await this.database.query<MemberRow>(ROLES_OF, [namesOf(caller)]);
    return { ...caller, access: new Access(role, highest(rows)) };
  }
}

/** A user has the highest role that it or one of its groups has. */
function highest(rows: readonly MemberRow[]): Map<string, Role> {
  const roles = new Map<string, Role>();
  for (const { project_id: projectId, role } of rows) {
    const other = roles.get(projectId);
    if (other === undefined || includesRole(role, other)) roles.set(projectId, role);
  }
  return roles;
}
