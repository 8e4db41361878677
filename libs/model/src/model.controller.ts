import { Body, Controller, Delete, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  Answers,
  ForWrite,
  type LinkNextPage,
  NextPage,
  OnlyIfAbsent,
  TakesIfNoneMatch,
  type Access,
  type WriteRequest,
  Within,
} from '#http';
import { tagsTooLarge } from '#errors';
import { AnswersList, ListQueryDto, writeList } from '#paging';
import { projectDeleted, projectNotFound } from '#project';
import { CreateModelDto } from './dto/create-model.dto.js';
import { ModelDto } from './dto/model.dto.js';
import { UpdateModelDto } from './dto/update-model.dto.js';
import { modelExists, modelNameTaken, modelNotFound } from './model.errors.js';
import { answerModel, modelChanges, newModel, writeModel } from './model.mapper.js';
import { ModelService } from './model.service.js';
import type { ModelScope } from './model.types.js';

@ApiTags('Model')
@Controller('models')
export class ModelController {
  constructor(private readonly models: ModelService) {}

  @Get('all')
  @AnswersList({
    id: 'listModels',
    needs: 'viewer',
    summary: 'All models, by time',
    of: ModelDto,
  })
  listAll(@Query() query: ListQueryDto, @NextPage() next: LinkNextPage, @Within() access: Access) {
    return this.list({ kind: 'all' }, query, next, access);
  }

  @Get('project-id/:project_id')
  @AnswersList({
    id: 'listModelsByProject',
    needs: 'viewer',
    summary: 'The models of a project, by time',
    description: 'Empty when there is no such project.',
    of: ModelDto,
  })
  listByProject(
    @Param('project_id') value: string,
    @Query() query: ListQueryDto,
    @NextPage() next: LinkNextPage,
    @Within() access: Access,
  ) {
    return this.list({ kind: 'project_id', value }, query, next, access);
  }

  @Get('project-name/:project_name')
  @AnswersList({
    id: 'listModelsByProjectName',
    needs: 'viewer',
    summary: 'The models of the project of that name, by time',
    description: 'Empty when there is no such project. The name is percent-encoded.',
    of: ModelDto,
  })
  listByProjectName(
    @Param('project_name') value: string,
    @Query() query: ListQueryDto,
    @NextPage() next: LinkNextPage,
    @Within() access: Access,
  ) {
    return this.list({ kind: 'project_name', value }, query, next, access);
  }

  @Get('name/:model_name')
  @AnswersList({
    id: 'listModelsByName',
    needs: 'viewer',
    summary: 'The models of that name in all projects, by time',
    description: 'The name is percent-encoded, `/` as `%2F` and `%` as `%25`.',
    of: ModelDto,
  })
  listByName(
    @Param('model_name') value: string,
    @Query() query: ListQueryDto,
    @NextPage() next: LinkNextPage,
    @Within() access: Access,
  ) {
    return this.list({ kind: 'name', value }, query, next, access);
  }

  @Get('id/:model_id')
  @Answers({
    id: 'getModel',
    needs: 'viewer',
    summary: 'One model',
    ok: ModelDto,
    problems: [modelNotFound],
  })
  async get(@Param('model_id') modelId: string, @Within() access: Access) {
    return answerModel(await this.models.get(modelId, access));
  }

  @Post()
  @TakesIfNoneMatch()
  @Answers({
    id: 'createModel',
    needs: 'editor',
    record: 'made',
    answer: 'The model as it is now.',
    summary: 'Get or create a model',
    description:
      'Answers the new model, or the existing one of that name in that project, unchanged.',
    ok: ModelDto,
    takesBody: true,
    problems: [projectNotFound, modelExists, tagsTooLarge],
  })
  async create(
    @Body() body: CreateModelDto,
    @OnlyIfAbsent() onlyIfAbsent: boolean,
    @ForWrite() request: WriteRequest,
  ) {
    return answerModel(await this.models.create(newModel(body), onlyIfAbsent, request));
  }

  @Patch('id/:model_id')
  @Answers({
    id: 'updateModel',
    needs: 'editor',
    record: 'changed',
    answer: 'The model as it is now.',
    summary: 'Change a model',
    description: 'A value sets, an absent field stays, `null` clears.',
    ok: ModelDto,
    takesBody: true,
    problems: [modelNotFound, modelNameTaken, tagsTooLarge],
  })
  async update(
    @Param('model_id') modelId: string,
    @Body() body: UpdateModelDto,
    @ForWrite() request: WriteRequest,
  ) {
    return answerModel(await this.models.update(modelId, modelChanges(body), request));
  }

  @Delete('id/:model_id')
  @Answers({
    id: 'deleteModel',
    needs: 'editor',
    record: 'changed',
    answer: 'The model as it was, with its `deleted_datetime`.',
    summary: 'Delete a model',
    description:
      'Hides the model with its experiments and frees its name at once. It can be restored.',
    ok: ModelDto,
    problems: [modelNotFound],
  })
  async remove(@Param('model_id') modelId: string, @ForWrite() request: WriteRequest) {
    return answerModel(await this.models.remove(modelId, request));
  }

  @Post('id/:model_id/restore')
  @Answers({
    id: 'restoreModel',
    needs: 'editor',
    record: 'made',
    answer: 'The model as it is now.',
    summary: 'Bring back a deleted model',
    description: 'With its experiments. A model that is not deleted stays as it is.',
    ok: ModelDto,
    problems: [modelNotFound, modelNameTaken, projectDeleted],
  })
  async restore(@Param('model_id') modelId: string, @ForWrite() request: WriteRequest) {
    return answerModel(await this.models.restore(modelId, request));
  }

  private async list(scope: ModelScope, query: ListQueryDto, next: LinkNextPage, access: Access) {
    return writeList(await this.models.list(scope, query, access), writeModel, next);
  }
}
