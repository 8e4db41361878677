import { QueryChoice, QueryText, QueryTime } from '#http';
import { CursorParameter, LimitParameter } from '#paging';
import type { EventFilter, EventRequest } from '../events.types.js';

const ONE = { maxLength: 1024, optional: true };

/** The query parameters of the list of events. */
export class EventsQuery implements EventFilter, EventRequest {
  @QueryTime({ description: 'Events from this time on.', example: '2026-01-31', optional: true })
  since?: string;

  @QueryTime({ description: 'Events before this time.', example: '2026-02-01', optional: true })
  until?: string;

  @QueryText({ ...ONE, description: 'Of this caller.', example: 'key:9f86d081884c7d65' })
  actor?: string;

  @QueryText({ ...ONE, description: 'With this action.', example: 'project.delete' })
  action?: string;

  @QueryText({ ...ONE, description: 'About this kind of thing.', example: 'experiment' })
  entity_type?: string;

  @QueryText({
    ...ONE,
    description: 'About the thing of this id.',
    example: '0198f2a4-9b7e-7f21-8c3d-0a1b2c3d4e5f',
  })
  entity_id?: string;

  @QueryText({
    ...ONE,
    description: 'About this project, its models and its experiments.',
    example: '0198f2a4-7c1e-7d3b-9a55-2f6f0c1e8b7a',
  })
  project_id?: string;

  @QueryText({
    ...ONE,
    description:
      'Of the request of this id. It is looked for in the order of time, so say `since` or `until` as well where there are millions of events.',
    example: 'training-job-17',
  })
  request_id?: string;

  @LimitParameter({
    description:
      'Events of a page at most; a page also ends after 8 MiB of content. The `Link` header names the next page. ' +
      'Left out: all events, streamed.',
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
  order: 'asc' | 'desc' = 'asc';
}
