import { Body, Controller, Delete, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  Answers,
  ForWrite,
  type LinkNextPage,
  NextPage,
  OnlyIfAbsent,
  TakesIfNoneMatch,
  Within,
  type Access,
  type WriteRequest,
} from '#http';
import { tagsTooLarge } from '#errors';
import { AnswersList, ListQueryDto, writeList } from '#paging';
import { CreateProjectDto } from './dto/create-project.dto.js';
import { ProjectDto } from './dto/project.dto.js';
import { UpdateProjectDto } from './dto/update-project.dto.js';
import { projectExists, projectNameTaken, projectNotFound } from './project.errors.js';
import { answerProject, newProject, projectChanges, writeProject } from './project.mapper.js';
import { ProjectService } from './project.service.js';

@ApiTags('Project')
@Controller('projects')
export class ProjectController {
  constructor(private readonly projects: ProjectService) {}

  @Get('all')
  @AnswersList({
    id: 'listProjects',
    needs: 'viewer',
    summary: 'All projects, by time',
    of: ProjectDto,
  })
  async list(
    @Query() query: ListQueryDto,
    @NextPage() next: LinkNextPage,
    @Within() access: Access,
  ) {
    return writeList(await this.projects.list(query, access), writeProject, next);
  }

  @Get('id/:project_id')
  @Answers({
    id: 'getProject',
    needs: 'viewer',
    record: 'read',
    summary: 'One project',
    ok: ProjectDto,
    problems: [projectNotFound],
  })
  async get(@Param('project_id') projectId: string, @Within() access: Access) {
    return answerProject(await this.projects.get(projectId, access));
  }

  @Get('name/:project_name')
  @Answers({
    id: 'getProjectByName',
    needs: 'viewer',
    record: 'read',
    summary: 'The project of that name',
    description: 'The name is percent-encoded, `/` as `%2F` and `%` as `%25`.',
    ok: ProjectDto,
    problems: [projectNotFound],
  })
  async getByName(@Param('project_name') projectName: string, @Within() access: Access) {
    return answerProject(await this.projects.getByName(projectName, access));
  }

  @Post()
  @TakesIfNoneMatch()
  @Answers({
    id: 'createProject',
    needs: 'editor',
    record: 'made',
    answer: 'The project as it is now.',
    summary: 'Get or create a project',
    description: 'Answers the new project, or the existing one of that name, unchanged.',
    ok: ProjectDto,
    takesBody: true,
    problems: [projectExists, tagsTooLarge],
  })
  async create(
    @Body() body: CreateProjectDto,
    @OnlyIfAbsent() onlyIfAbsent: boolean,
    @ForWrite() request: WriteRequest,
  ) {
    return answerProject(await this.projects.create(newProject(body), onlyIfAbsent, request));
  }

  @Patch('id/:project_id')
  @Answers({
    id: 'updateProject',
    needs: 'editor',
    record: 'changed',
    answer: 'The project as it is now.',
    summary: 'Change a project',
    description: 'A value sets, an absent field stays, `null` clears.',
    ok: ProjectDto,
    takesBody: true,
    problems: [projectNotFound, projectNameTaken, tagsTooLarge],
  })
  async update(
    @Param('project_id') projectId: string,
    @Body() body: UpdateProjectDto,
    @ForWrite() request: WriteRequest,
  ) {
    return answerProject(await this.projects.update(projectId, projectChanges(body), request));
  }

  @Delete('id/:project_id')
  @Answers({
    id: 'deleteProject',
    needs: 'editor',
    record: 'changed',
    answer: 'The project as it was, with its `deleted_datetime`.',
    summary: 'Delete a project',
    description:
      'Hides the project with its models and experiments and frees its name at once. It can be restored.',
    ok: ProjectDto,
    problems: [projectNotFound],
  })
  async remove(@Param('project_id') projectId: string, @ForWrite() request: WriteRequest) {
    return answerProject(await this.projects.remove(projectId, request));
  }

  @Post('id/:project_id/restore')
  @Answers({
    id: 'restoreProject',
    needs: 'editor',
    record: 'made',
    answer: 'The project as it is now.',
    summary: 'Bring back a deleted project',
    description: 'With everything that was under it. A project that is not deleted stays as it is.',
    ok: ProjectDto,
    problems: [projectNotFound, projectNameTaken],
  })
  async restore(@Param('project_id') projectId: string, @ForWrite() request: WriteRequest) {
    return answerProject(await this.projects.restore(projectId, request));
  }
}
