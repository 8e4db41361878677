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
import { ExperimentDto } from './dto/experiment.dto.js';
import { experimentNotFound } from './experiment.errors.js';
import { writeExperiment } from './experiment.mapper.js';
import { columnsOf } from './experiment.sql.js';
import type { ExperimentRow } from './experiment.types.js';

const EXPERIMENT: HistorySource = { entityType: 'experiment', columnsOf };

@ApiTags('Experiment')
@Controller('experiments')
export class ExperimentHistoryController {
  constructor(private readonly histories: HistoryReader) {}

  @Get('id/:experiment_id/history')
  @AnswersHistory({
    id: 'getExperimentHistory',
    summary: 'What became of an experiment',
    of: ExperimentDto,
    notFound: experimentNotFound,
  })
  async get(
    @Param('experiment_id') experimentId: string,
    @Query() { at, ...page }: HistoryQuery,
    @NextPage() next: LinkNextPage,
    @Within() access: Access,
  ) {
    if (at === undefined) {
      const events = await this.histories.list(
        EXPERIMENT,
        experimentId,
        page,
        access,
        experimentNotFound,
      );
      return writeList(events, writeEvent, next);
    }
    return writeExperiment(
      await this.histories.at<ExperimentRow>(
        EXPERIMENT,
        experimentId,
        at,
        access,
        experimentNotFound,
      ),
    );
  }
}
