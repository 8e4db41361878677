import { Body, Controller, Delete, Get, Param, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Answers, Calling, FromOrigin, jsonList, type Caller, type Origin } from '#http';
import { projectNotFound } from '../project.errors.js';
import { MemberDto } from './dto/member.dto.js';
import { PutMemberDto } from './dto/put-member.dto.js';
import { RemoveMemberQuery } from './dto/remove-member.query.js';
import { memberIsNoKey, memberNotFound } from './members.errors.js';
import { writeMember } from './members.mapper.js';
import { MembersService } from './members.service.js';

@ApiTags('Access')
@Controller('projects/id/:project_id/members')
export class MembersController {
  constructor(private readonly members: MembersService) {}

  @Get()
  @Answers({
    id: 'listMembers',
    needs: 'viewer',
    summary: 'Who has a role on a project',
    description:
      'For admins of the project. Those who have a role on everything are not listed: they have it here, too.',
    ok: [MemberDto],
    problems: [projectNotFound],
  })
  async list(@Param('project_id') projectId: string, @Calling() caller: Caller) {
    return jsonList(await this.members.list(projectId, caller), writeMember);
  }

  @Put()
  @Answers({
    id: 'putMember',
    needs: 'viewer',
    summary: 'Give a member a role on a project',
    description:
      'For admins of the project. In place of the role it had there. Effective on all replicas within five seconds.',
    answer: 'The member as it is now.',
    ok: MemberDto,
    takesBody: true,
    problems: [projectNotFound, memberIsNoKey],
  })
  async put(
    @Param('project_id') projectId: string,
    @Body() body: PutMemberDto,
    @Calling() caller: Caller,
    @FromOrigin() origin: Origin,
  ) {
    return writeMember(await this.members.put(projectId, body, caller, origin));
  }

  @Delete()
  @Answers({
    id: 'removeMember',
    needs: 'viewer',
    summary: "Take a member's role on a project away",
    description: 'For admins of the project. Effective on all replicas within five seconds.',
    answer: 'The member as it was.',
    ok: MemberDto,
    takesQuery: true,
    problems: [projectNotFound, memberNotFound],
  })
  async remove(
    @Param('project_id') projectId: string,
    @Query() { member }: RemoveMemberQuery,
    @Calling() caller: Caller,
    @FromOrigin() origin: Origin,
  ) {
    return writeMember(await this.members.remove(projectId, member, caller, origin));
  }
}
