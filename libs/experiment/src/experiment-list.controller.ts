import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { NextPage, Within, type Access, type LinkNextPage } from '#http';
import { AnswersList, ListQueryDto, writeList } from '#paging';
import { ExperimentDto } from './dto/experiment.dto.js';
import { writeExperiment } from './experiment.mapper.js';
import { ExperimentService } from './experiment.service.js';
import type { ExperimentScope } from './experiment.types.js';

@ApiTags('Experiment')
@Controller('experiments')
export class ExperimentListController {
  constructor(private readonly experiments: ExperimentService) {}

  @Get('all')
  @AnswersList({
    id: 'listExperiments',
    needs: 'viewer',
    summary: 'All experiments, by time',
    of: ExperimentDto,
  })
  listAll(@Query() query: ListQueryDto, @NextPage() next: LinkNextPage, @Within() access: Access) {
    return this.list({ kind: 'all' }, query, next, access);
  }

  @Get('model-id/:model_id')
  @AnswersList({
    id: 'listExperimentsByModel',
    needs: 'viewer',
    summary: 'The experiments of a model, by time',
    description: 'Empty when there is no such model.',
    of: ExperimentDto,
  })
  listByModel(
    @Param('model_id') value: string,
    @Query() query: ListQueryDto,
    @NextPage() next: LinkNextPage,
    @Within() access: Access,
  ) {
    return this.list({ kind: 'model_id', value }, query, next, access);
  }

  @Get('project-id/:project_id')
  @AnswersList({
    id: 'listExperimentsByProject',
    needs: 'viewer',
    summary: 'The experiments of a project, by time',
    description: 'Empty when there is no such project.',
    of: ExperimentDto,
  })
  listByProject(
    @Param('project_id') value: string,
    @Query() query: ListQueryDto,
    @NextPage() next: LinkNextPage,
    @Within() access: Access,
  ) {
    return this.list({ kind: 'project_id', value }, query, next, access);
  }

  private async list(
    scope: ExperimentScope,
    query: ListQueryDto,
    next: LinkNextPage,
    access: Access,
  ) {
    return writeList(await this.experiments.list(scope, query, access), writeExperiment, next);
  }
}
