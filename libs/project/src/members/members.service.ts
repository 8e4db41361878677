import { originValue } from '#audit';
import { RememberedRoles } from '#auth';
import { Database, getOrCreate } from '#database';
import { notPermitted } from '#errors';
import { namesOf, type Caller, type Origin } from '#http';
import { Injectable } from '@nestjs/common';
import { ProjectService } from '../project.service.js';
import { memberIsNoKey, memberNotFound } from './members.errors.js';
import type { MemberRow, NewMember } from './member.types.js';
import * as sql from './members.sql.js';

/** A member that was given another role meanwhile. */
type Hollow = { readonly [Column in keyof MemberRow]: null };

/** Who has which role on a project. Its admins say so. */
@Injectable()
export class MembersService {
  constructor(
    private readonly database: Database,
    private readonly projects: ProjectService,
    private readonly remembered: RememberedRoles,
  ) {}

  /** Those who have a role on just this project; who has one on everything is not among them. */
  async list(projectId: string, caller: Caller): Promise<readonly MemberRow[]> {
    await this.requireAdmin(projectId, caller);
    return this.database.query<MemberRow>(sql.LIST, [projectId]);
  }

  /** Gives a member a role, in place of the one it had. Effective here at once, on other replicas within five seconds. */
  async put(
    projectId: string,
    { member, role }: NewMember,
    caller: Caller,
    origin: Origin,
  ): Promise<MemberRow> {
    await this.requireAdmin(projectId, caller);
    const values = [projectId, member, role, caller.subject, originValue(origin)];
    const row = await getOrCreate(async () => {
      const attempt = await this.database.find<MemberRow | Hollow>(sql.PUT, values);
      if (!attempt) throw memberIsNoKey();
      return attempt.member === null ? undefined : attempt;
    });
    this.remembered.forget();
    return row;
  }

  /** Takes a member's role away. */
  async remove(
    projectId: string,
    member: string,
    caller: Caller,
    origin: Origin,
  ): Promise<MemberRow> {
    await this.requireAdmin(projectId, caller);
    const row = await this.database.find<MemberRow>(sql.REMOVE, [
      projectId,
      member,
      originValue(origin),
    ]);
    if (!row) throw memberNotFound();
    this.remembered.forget();
    return row;
  }

  /** Whoever has made a project is its admin at once, and not only when what is known of the caller is read again. */
  private async requireAdmin(projectId: string, caller: Caller): Promise<void> {
    const { access } = caller;
    await this.projects.get(projectId, access);
    if (access.has('admin', projectId)) return;
    const isAdmin = await this.database.find(sql.IS_ADMIN, [projectId, namesOf(caller)]);
    if (!isAdmin) throw notPermitted();
  }
}
