import { Body, Controller, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { tagsTooLarge } from '#errors';
import { Answers, ForWrite, jsonList, type WriteRequest } from '#http';
import { modelNotFound } from '#model';
import { ExperimentDto } from '../dto/experiment.dto.js';
import { experimentTooLarge } from '../experiment.errors.js';
import { writeExperiment } from '../experiment.mapper.js';
import { CreateExperimentsDto } from './dto/create-experiments.dto.js';
import { quotaExceeded } from '../quota/quota.errors.js';
import { ExperimentBatchService } from './experiment-batch.service.js';

@ApiTags('Experiment')
@Controller('experiments')
export class ExperimentBatchController {
  constructor(private readonly batches: ExperimentBatchService) {}

  @Post('batch')
  @Answers({
    id: 'createExperiments',
    needs: 'editor',
    summary: 'Record many experiments',
    description:
      'All of them, or none: where one is wrong, the answer names it by its place in the list.',
    answer: 'The experiments, in the order sent.',
    ok: [ExperimentDto],
    takesBody: true,
    isWrite: true,
    problems: [modelNotFound, experimentTooLarge, tagsTooLarge, quotaExceeded],
  })
  async create(@Body() { experiments }: CreateExperimentsDto, @ForWrite() request: WriteRequest) {
    return jsonList(await this.batches.create(experiments, request), writeExperiment);
  }
}
