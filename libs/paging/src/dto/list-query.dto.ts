import { QueryChoice, QueryText } from '#http';
import { queryLimits } from '#query';
import type { ListRequest } from '../list-request.js';
import { CursorParameter, LimitParameter } from './page-parameters.js';

/** The query parameters of every list. */
export class ListQueryDto implements ListRequest {
  @LimitParameter({
    description:
      'Rows of a page at most; a page also ends after 8 MiB of content. The `Link` header names the next page. ' +
      'Left out: all rows, streamed.',
    example: 100,
  })
  limit?: number;

  @CursorParameter()
  cursor?: string;

  @QueryChoice(['asc', 'desc'], {
    description: 'By time: oldest first, or newest first.',
    default: 'asc',
    optional: true,
  })
  order?: 'asc' | 'desc';

  @QueryText({
    description: 'Only rows for which this holds: a condition in the query language.',
    example: `tags.team = 'vision' AND created_datetime >= '2026-01-01'`,
    maxLength: queryLimits.characters,
    optional: true,
  })
  where?: string;
}
