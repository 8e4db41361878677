import { limits, QueryChoice, QueryInt, QueryText } from '#http';
import { queryLimits } from '#query';
import type { ListRequest } from '../list-request.js';

/** The query parameters of every list. */
export class ListQueryDto implements ListRequest {
  @QueryInt({
    description:
      'Rows of a page at most; a page also ends after 8 MiB of content. The `Link` header names the next page. ' +
      'Left out: all rows, streamed.',
    example: 100,
    min: 1,
    max: limits.page,
    optional: true,
  })
  limit?: number;

  @QueryText({
    description: 'Where to go on, from the `Link` header of the page before; the rest as it was.',
    example: 'q83vEjRWeJCrze8SNFZ4kFswLCIyMDI2LTAxLTAyVDAzOjA0OjA1WiJd',
    maxLength: limits.cursor,
    optional: true,
  })
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
