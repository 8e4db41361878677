import { Module } from '@nestjs/common';
import { PagingModule } from '#paging';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ProjectBatchController } from './batch/project-batch.controller.js';
import { ProjectBatchService } from './batch/project-batch.service.js';
import { ProjectHistoryController } from './project-history.controller.js';
import { ProjectController } from './project.controller.js';
import { ProjectEntity } from './project.entity.js';
import { ProjectService } from './project.service.js';

@Module({
  imports: [PagingModule, TypeOrmModule.forFeature([ProjectEntity])],
  controllers: [ProjectController, ProjectBatchController, ProjectHistoryController],
  providers: [ProjectService, ProjectBatchService],
})
export class ProjectModule {}
