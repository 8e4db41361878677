import { Body, Controller, Delete, Get, Param, Patch, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Answers, ForWrite, type Access, type WriteRequest, Within } from '#http';
import { tagsTooLarge } from '#errors';
import { modelDeleted, modelNotFound } from '#model';
import { projectDeleted } from '#project';
import { CreateExperimentDto } from './dto/create-experiment.dto.js';
import { ExperimentDto } from './dto/experiment.dto.js';
import { MergeArtifactFilePathsDto, MergeEvaluationsDto } from './dto/merge.dto.js';
import { UpdateExperimentDto } from './dto/update-experiment.dto.js';
import { experimentNotFound, experimentTooLarge } from './experiment.errors.js';
import { answerExperiment, experimentChanges, newExperiment } from './experiment.mapper.js';
import { quotaExceeded } from './quota/quota.errors.js';
import { ExperimentService } from './experiment.service.js';

const MERGES = 'The keys that are sent are set, all others stay. Concurrent merges lose nothing.';

@ApiTags('Experiment')
@Controller('experiments')
export class ExperimentController {
  constructor(private readonly experiments: ExperimentService) {}

  @Get('id/:experiment_id')
  @Answers({
    id: 'getExperiment',
    needs: 'viewer',
    record: 'read',
    summary: 'One experiment',
    ok: ExperimentDto,
    problems: [experimentNotFound],
  })
  async get(@Param('experiment_id') experimentId: string, @Within() access: Access) {
    return answerExperiment(await this.experiments.get(experimentId, access));
  }

  @Get('model-version-id/:model_version_id')
  @Answers({
    id: 'getExperimentByModelVersion',
    needs: 'viewer',
    record: 'read',
    summary: 'The newest experiment of a model version',
    ok: ExperimentDto,
    problems: [experimentNotFound],
  })
  async getByModelVersion(
    @Param('model_version_id') modelVersionId: string,
    @Within() access: Access,
  ) {
    return answerExperiment(await this.experiments.getByModelVersion(modelVersionId, access));
  }

  @Post()
  @Answers({
    id: 'createExperiment',
    needs: 'editor',
    record: 'made',
    answer: 'The experiment as it is now.',
    summary: 'Record an experiment',
    description: 'Always a new one.',
    ok: ExperimentDto,
    takesBody: true,
    problems: [modelNotFound, experimentTooLarge, tagsTooLarge, quotaExceeded],
  })
  async create(@Body() body: CreateExperimentDto, @ForWrite() request: WriteRequest) {
    return answerExperiment(await this.experiments.create(newExperiment(body), request));
  }

  @Post('evaluations/:experiment_id')
  @Answers({
    id: 'mergeEvaluations',
    needs: 'editor',
    record: 'changed',
    answer: 'The experiment as it is now.',
    summary: 'Add evaluations to an experiment',
    description: MERGES,
    ok: ExperimentDto,
    takesBody: true,
    problems: [experimentNotFound, experimentTooLarge],
  })
  async mergeEvaluations(
    @Param('experiment_id') experimentId: string,
    @Body() { evaluations }: MergeEvaluationsDto,
    @ForWrite() request: WriteRequest,
  ) {
    return answerExperiment(
      await this.experiments.merge(experimentId, 'evaluations', evaluations, request),
    );
  }

  @Post('artifact-file-paths/:experiment_id')
  @Answers({
    id: 'mergeArtifactFilePaths',
    needs: 'editor',
    record: 'changed',
    answer: 'The experiment as it is now.',
    summary: 'Add artifact file paths to an experiment',
    description: MERGES,
    ok: ExperimentDto,
    takesBody: true,
    problems: [experimentNotFound, experimentTooLarge],
  })
  async mergeArtifactFilePaths(
    @Param('experiment_id') experimentId: string,
    @Body() { artifact_file_paths: paths }: MergeArtifactFilePathsDto,
    @ForWrite() request: WriteRequest,
  ) {
    return answerExperiment(
      await this.experiments.merge(experimentId, 'artifact_file_paths', paths, request),
    );
  }

  @Patch('id/:experiment_id')
  @Answers({
    id: 'updateExperiment',
    needs: 'editor',
    record: 'changed',
    answer: 'The experiment as it is now.',
    summary: 'Change an experiment',
    description:
      'A value sets, an absent field stays, `null` clears. Parameters are what was trained with and do not change.',
    ok: ExperimentDto,
    takesBody: true,
    problems: [experimentNotFound, experimentTooLarge, tagsTooLarge],
  })
  async update(
    @Param('experiment_id') experimentId: string,
    @Body() body: UpdateExperimentDto,
    @ForWrite() request: WriteRequest,
  ) {
    return answerExperiment(
      await this.experiments.update(experimentId, experimentChanges(body), request),
    );
  }

  @Delete('id/:experiment_id')
  @Answers({
    id: 'deleteExperiment',
    needs: 'editor',
    record: 'changed',
    answer: 'The experiment as it was, with its `deleted_datetime`.',
    summary: 'Delete an experiment',
    description: 'It can be restored.',
    ok: ExperimentDto,
    problems: [experimentNotFound],
  })
  async remove(@Param('experiment_id') experimentId: string, @ForWrite() request: WriteRequest) {
    return answerExperiment(await this.experiments.remove(experimentId, request));
  }

  @Post('id/:experiment_id/restore')
  @Answers({
    id: 'restoreExperiment',
    needs: 'editor',
    record: 'made',
    answer: 'The experiment as it is now.',
    summary: 'Bring back a deleted experiment',
    description: 'An experiment that is not deleted stays as it is.',
    ok: ExperimentDto,
    problems: [experimentNotFound, modelDeleted, projectDeleted],
  })
  async restore(@Param('experiment_id') experimentId: string, @ForWrite() request: WriteRequest) {
    return answerExperiment(await this.experiments.restore(experimentId, request));
  }
}
