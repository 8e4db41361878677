import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Answers, Within, type Access } from '#http';
import { experimentsNotFound } from '../experiment.errors.js';
import { comparisonTooLarge } from './comparison.errors.js';
import { writeComparison, writeDifference } from './comparison.mapper.js';
import { ComparisonService } from './comparison.service.js';
import { CompareQuery } from './dto/compare.query.js';
import { ComparisonDto } from './dto/comparison.dto.js';
import { DifferenceDto } from './dto/difference.dto.js';

const KEYS =
  'Nested keys are written as the query language writes them (`optimizer.lr`, `"F1 score"`), sorted; an empty object, an array, and what lies below a path of more than 255 bytes, is one value. `null` and absent are alike.';

const notFound = () =>
  experimentsNotFound([{ path: 'ids', message: 'names no experiment: "0198f2a4"' }]);

@ApiTags('Experiment')
@Controller('experiments')
export class ComparisonController {
  constructor(private readonly comparisons: ComparisonService) {}

  @Get('compare')
  @Answers({
    id: 'compareExperiments',
    needs: 'viewer',
    summary: 'Experiments side by side',
    description: `Each row holds the value of every experiment, in the order asked for. ${KEYS}`,
    ok: ComparisonDto,
    takesQuery: true,
    problems: [notFound, comparisonTooLarge],
  })
  async compare(@Query() { ids }: CompareQuery, @Within() access: Access) {
    const asked = ids.map((id) => ({ id, path: 'ids' }));
    return writeComparison(await this.comparisons.compare(asked, access));
  }

  @Get('id/:experiment_id/diff/:other_id')
  @Answers({
    id: 'diffExperiments',
    needs: 'viewer',
    summary: 'What differs between two experiments',
    description: `Only the keys whose values differ. ${KEYS}`,
    ok: DifferenceDto,
    problems: [notFound, comparisonTooLarge],
  })
  async diff(
    @Param('experiment_id') experimentId: string,
    @Param('other_id') otherId: string,
    @Within() access: Access,
  ) {
    const asked = [
      { id: experimentId, path: 'experiment_id' },
      { id: otherId, path: 'other_id' },
    ];
    return writeDifference(await this.comparisons.compare(asked, access));
  }
}
