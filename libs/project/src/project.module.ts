import { Module } from '@nestjs/common';
import { PagingModule } from '#paging';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ProjectBatchController } from './batch/project-batch.controller.js';
import { ProjectBatchService } from './batch/project-batch.service.js';
import { MembersController } from './members/members.controller.js';
import { MembersService } from './members/members.service.js';
import { ProjectMemberEntity } from './members/project-member.entity.js';
import { ProjectHistoryController } from './project-history.controller.js';
import { ProjectController } from './project.controller.js';
import { ProjectEntity } from './project.entity.js';
import { ProjectService } from './project.service.js';

@Module({
  imports: [PagingModule, TypeOrmModule.forFeature([ProjectEntity, ProjectMemberEntity])],
  controllers: [
    ProjectController,
    ProjectBatchController,
    ProjectHistoryController,
    MembersController,
  ],
  providers: [ProjectService, ProjectBatchService, MembersService],
  exports: [ProjectService],
})
export class ProjectModule {}
