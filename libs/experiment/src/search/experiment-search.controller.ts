import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Answers, NextPage, Within, type Access, type LinkNextPage } from '#http';
import { LIST_PROBLEMS } from '#paging';
import { RankedExperimentDto, SearchAnswerDto } from './dto/answers.dto.js';
import { LeaderboardQueryDto } from './dto/rank-query.dto.js';
import { SearchDto } from './dto/search.dto.js';
import { ExperimentSearchService } from './experiment-search.service.js';
import { LeaderboardService } from './leaderboard.service.js';
import { invalidField, invalidOrder } from './search.errors.js';
import {
  leaderboardRequest,
  searchRequest,
  writeLeaderboard,
  writeSearchAnswer,
} from './search.mapper.js';

@ApiTags('Experiment')
@Controller('experiments')
export class ExperimentSearchController {
  constructor(
    private readonly experiments: ExperimentSearchService,
    private readonly leaderboards: LeaderboardService,
  ) {}

  @Post('search')
  @Answers({
    id: 'searchExperiments',
    needs: 'viewer',
    summary: 'Find experiments',
    description:
      'By a condition, in any order, page by page. The query language is described in docs/query-language.md.',
    ok: SearchAnswerDto,
    takesBody: true,
    problems: [...LIST_PROBLEMS, invalidOrder, invalidField],
  })
  async search(@Body() body: SearchDto, @Within() access: Access) {
    return writeSearchAnswer(await this.experiments.search(searchRequest(body), access));
  }

  @Get('leaderboard')
  @Answers({
    id: 'getLeaderboard',
    needs: 'viewer',
    summary: 'Experiments ranked by an evaluation or a metric',
    description:
      'Of a model, of a project, or of all. Numbers first, then NaN, then experiments without a number, oldest first. ' +
      'Among equal numbers the newest comes first in a descending order, the oldest in an ascending one.',
    ok: [RankedExperimentDto],
    isPaged: true,
    takesQuery: true,
    problems: [...LIST_PROBLEMS, invalidField],
  })
  async leaderboard(
    @Query() query: LeaderboardQueryDto,
    @NextPage() next: LinkNextPage,
    @Within() access: Access,
  ) {
    const { ranked, nextCursor } = await this.leaderboards.page(leaderboardRequest(query), access);
    next(nextCursor);
    return writeLeaderboard(ranked);
  }
}
