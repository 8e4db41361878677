import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { searchTooSlow } from '#database';
import { Answers, Within, type Access } from '#http';
import { modelNotFound } from '#model';
import { invalidFilter } from '#paging';
import { ExperimentDto } from '../dto/experiment.dto.js';
import { answerExperiment } from '../experiment.mapper.js';
import { BestQueryDto } from './dto/rank-query.dto.js';
import { LeaderboardService } from './leaderboard.service.js';
import { evaluationNotFound, invalidField } from './search.errors.js';
import { bestRequest } from './search.mapper.js';

/** What a deployment asks of a model. */
@ApiTags('Model')
@Controller('models')
export class BestExperimentController {
  constructor(private readonly leaderboards: LeaderboardService) {}

  @Get('best/:model_id')
  @Answers({
    id: 'getBestExperiment',
    needs: 'viewer',
    record: 'read',
    summary: 'The best experiment of a model',
    description:
      'The one with the best number under an evaluation, or of a metric; of equal ones the first of the leaderboard.',
    ok: ExperimentDto,
    takesQuery: true,
    problems: [modelNotFound, evaluationNotFound, invalidFilter, searchTooSlow, invalidField],
  })
  async best(
    @Param('model_id') modelId: string,
    @Query() query: BestQueryDto,
    @Within() access: Access,
  ) {
    return answerExperiment(await this.leaderboards.best(modelId, bestRequest(query), access));
  }
}
