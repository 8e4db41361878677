import { Body, Controller, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { tagsTooLarge } from '#errors';
import { Answers, ForWrite, jsonList, type WriteRequest } from '#http';
import { ProjectDto } from '../dto/project.dto.js';
import { writeProject } from '../project.mapper.js';
import { CreateProjectsDto } from './dto/create-projects.dto.js';
import { ProjectBatchService } from './project-batch.service.js';

@ApiTags('Project')
@Controller('projects')
export class ProjectBatchController {
  constructor(private readonly batches: ProjectBatchService) {}

  @Post('batch')
  @Answers({
    id: 'createProjects',
    needs: 'editor',
    summary: 'Get or create many projects',
    description: 'For each the new project, or the existing one of that name, unchanged.',
    answer: 'The projects, in the order sent.',
    ok: [ProjectDto],
    takesBody: true,
    isWrite: true,
    problems: [tagsTooLarge],
  })
  async create(@Body() { projects }: CreateProjectsDto, @ForWrite() request: WriteRequest) {
    return jsonList(await this.batches.create(projects, request), writeProject);
  }
}
