import { QueryTime } from '#http';
import { CursorParameter, LimitParameter } from '#paging';
import type { HistoryRequest } from '../history.types.js';

/** The query parameters of the history of a record. */
export class HistoryQuery implements HistoryRequest {
  @QueryTime({
    description:
      'Answers with the record as it was at this time, instead of its events. `limit` and `cursor` mean nothing then.',
    example: '2026-01-31T12:00:00Z',
    optional: true,
  })
  at?: string;

  @LimitParameter({
    description:
      'Events of a page at most; a page also ends after 8 MiB of content. The `Link` header names the next page. ' +
      'Left out: all events, streamed.',
    example: 100,
  })
  limit?: number;

  @CursorParameter()
  cursor?: string;
}
