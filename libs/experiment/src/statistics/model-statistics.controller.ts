import { Controller, Get, Param } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Answers, Within, type Access } from '#http';
import { modelNotFound } from '#model';
import { ModelKeysDto } from './dto/model-keys.dto.js';
import { ModelSummaryDto } from './dto/summary.dto.js';
import { writeModelKeys, writeModelSummary } from './statistics.mapper.js';
import { StatisticsService } from './statistics.service.js';

/** What experiments make of a model; hence not in the model's own library, which knows none. */
@ApiTags('Model')
@Controller('models/id/:model_id')
export class ModelStatisticsController {
  constructor(private readonly statistics: StatisticsService) {}

  @Get('keys')
  @Answers({
    id: 'getModelKeys',
    needs: 'viewer',
    summary: 'Which keys the experiments of a model have',
    description:
      'What a table of columns or a form of filters is built from. The newest experiments are looked into: at most 10,000, or fewer that make 8 MiB.',
    ok: ModelKeysDto,
    problems: [modelNotFound],
  })
  async keys(@Param('model_id') modelId: string, @Within() access: Access) {
    return writeModelKeys(await this.statistics.keysOfModel(modelId, access));
  }

  @Get('summary')
  @Answers({
    id: 'getModelSummary',
    needs: 'viewer',
    summary: 'What a model holds, in numbers',
    description:
      'The ends of every evaluation; which of them is best, high or low, depends on the evaluation. Keys below a path of more than 255 bytes are left out.',
    ok: ModelSummaryDto,
    problems: [modelNotFound],
  })
  async summary(@Param('model_id') modelId: string, @Within() access: Access) {
    return writeModelSummary(await this.statistics.summaryOfModel(modelId, access), modelId);
  }
}
