import { limits, QueryChoice, QueryText } from '#http';
import { CursorParameter, LimitParameter } from '#paging';
import { queryLimits } from '#query';

/** The query parameters of `GET /models/best/{model_id}`. */
export class BestQueryDto {
  @QueryText({
    description:
      'The evaluation that decides (or `metric` does), by its path: `accuracy`, `val.accuracy`. Keys that are not plain words stand in double quotes: `"F1 score"`.',
    example: 'accuracy',
    maxLength: queryLimits.characters,
    optional: true,
  })
  evaluation?: string;

  @QueryText({
    description:
      'Instead of an evaluation: a metric, and which of its values decides, `last`, `min` or `max`: `loss.min`, `"val.loss".last`.',
    maxLength: queryLimits.characters,
    optional: true,
  })
  metric?: string;

  @QueryChoice(['asc', 'desc'], {
    description: '`desc`: the highest number is the best; `asc`: the lowest.',
    default: 'desc',
    optional: true,
  })
  order?: 'asc' | 'desc';

  @QueryText({
    description: 'Only experiments for which this holds: a condition in the query language.',
    example: `tags.stage = 'candidate'`,
    maxLength: queryLimits.characters,
    optional: true,
  })
  where?: string;
}

/** The query parameters of the leaderboard. */
export class LeaderboardQueryDto extends BestQueryDto {
  @QueryText({
    maxLength: limits.id,
    description: 'Only experiments of this model.',
    example: '0198f2a4-8d02-7a10-b3c4-51e6d7f8a9b0',
    optional: true,
  })
  model_id?: string;

  @QueryText({
    maxLength: limits.id,
    description: 'Only experiments of this project.',
    example: '0198f2a4-7c1e-7d3b-9a55-2f6f0c1e8b7a',
    optional: true,
  })
  project_id?: string;

  @LimitParameter({
    description: 'Places of a page at most. The `Link` header names the next page.',
    example: 10,
    default: 10,
  })
  limit?: number;

  @CursorParameter()
  cursor?: string;
}
