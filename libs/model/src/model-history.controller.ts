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
import { ModelDto } from './dto/model.dto.js';
import { modelNotFound } from './model.errors.js';
import { writeModel } from './model.mapper.js';
import { columnsOf } from './model.sql.js';
import type { ModelRow } from './model.types.js';

const MODEL: HistorySource = { entityType: 'model', columnsOf };

@ApiTags('Model')
@Controller('models')
export class ModelHistoryController {
  constructor(private readonly histories: HistoryReader) {}

  @Get('id/:model_id/history')
  @AnswersHistory({
    id: 'getModelHistory',
    summary: 'What became of a model',
    of: ModelDto,
    notFound: modelNotFound,
  })
  async get(
    @Param('model_id') modelId: string,
    @Query() { at, ...page }: HistoryQuery,
    @NextPage() next: LinkNextPage,
    @Within() access: Access,
  ) {
    if (at === undefined) {
      const events = await this.histories.list(MODEL, modelId, page, access, modelNotFound);
      return writeList(events, writeEvent, next);
    }
    return writeModel(await this.histories.at<ModelRow>(MODEL, modelId, at, access, modelNotFound));
  }
}
