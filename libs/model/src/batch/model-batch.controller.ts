import { Body, Controller, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { tagsTooLarge } from '#errors';
import { Answers, ForWrite, jsonList, type WriteRequest } from '#http';
import { projectNotFound } from '#project';
import { ModelDto } from '../dto/model.dto.js';
import { writeModel } from '../model.mapper.js';
import { CreateModelsDto } from './dto/create-models.dto.js';
import { ModelBatchService } from './model-batch.service.js';

@ApiTags('Model')
@Controller('models')
export class ModelBatchController {
  constructor(private readonly batches: ModelBatchService) {}

  @Post('batch')
  @Answers({
    id: 'createModels',
    needs: 'editor',
    summary: 'Get or create many models',
    description:
      'For each the new model, or the existing one of that name in its project, unchanged. Where a project is missing, none is made.',
    answer: 'The models, in the order sent.',
    ok: [ModelDto],
    takesBody: true,
    isWrite: true,
    problems: [projectNotFound, tagsTooLarge],
  })
  async create(@Body() { models }: CreateModelsDto, @ForWrite() request: WriteRequest) {
    return jsonList(await this.batches.create(models, request), writeModel);
  }
}
