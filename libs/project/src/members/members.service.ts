import { RememberedRoles } from '#auth';
import { Database } from '#database';
import { notPermitted } from '#errors';
import { namesOf, type Caller } from '#http';
import { Injectable } from '@nestjs/common';
import { ProjectService } from '../project.service.js';
import { memberIsNoKey, memberNotFound } from './members.errors.js';
import type { MemberRow, NewMember } from './member.types.js';
import * as sql from './members.sql.js';

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
  async put(projectId: string, { member, role }: NewMember, caller: Caller): Promise<MemberRow> {
    await this.requireAdmin(projectId, caller);
    const values = [projectId, member, role, caller.subject];
    const row = await this.database.find<MemberRow>(sql.PUT, values);
    if (!row) throw memberIsNoKey();
    this.remembered.forget();
    return row;
  }

  /** Takes a member's role away. */
  async remove(projectId: string, member: string, caller: Caller): Promise<MemberRow> {
    await this.requireAdmin(projectId, caller);
    const row = await this.database.find<MemberRow>(sql.REMOVE, [projectId, member]);
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
