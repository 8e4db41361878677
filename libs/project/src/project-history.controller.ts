import {
  AnswersHistory,
  HistoryQuery,
  HistoryReader,
  writeEvent,
  type HistorySource,
} from '#audit';
import { NextPage, Within, type Access, type LinkNextPage } from '#http';
import { writeList } from '#paging';
import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ProjectDto } from './dto/project.dto.js';
import { projectNotFound } from './project.errors.js';
import { writeProject } from './project.mapper.js';
import { columnsOf } from './project.sql.js';
import type { ProjectRow } from './project.types.js';

const PROJECT: HistorySource = { entityType: 'project', columnsOf };

@ApiTags('Project')
@Controller('projects')
export class ProjectHistoryController {
  constructor(private readonly histories: HistoryReader) {}

  @Get('id/:project_id/history')
  @AnswersHistory({
    id: 'getProjectHistory',
    summary: 'What became of a project',
    of: ProjectDto,
    notFound: projectNotFound,
  })
  async get(
    @Param('project_id') projectId: string,
    @Query() { at, ...page }: HistoryQuery,
    @NextPage() next: LinkNextPage,
    @Within() access: Access,
  ) {
    if (at === undefined) {
      const events = await this.histories.list(PROJECT, projectId, page, access, projectNotFound);
      return writeList(events, writeEvent, next);
    }
    return writeProject(
      await this.histories.at<ProjectRow>(PROJECT, projectId, at, access, projectNotFound),
    );
  }
}
