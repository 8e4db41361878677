import { Injectable } from '@nestjs/common';
import { readPages, SearchDatabase } from '#database';
import { Cursors, once, type List } from '#paging';
import { eventsPage, type PagedEvent, type PageLimits } from './events.sql.js';
import type { EventFilter, EventRequest, EventRow } from './events.types.js';

/** Of a chunk of a list that is read whole. */
const CHUNK: PageLimits = { rows: 200, maxBytes: 131_072 };
/** Bytes after which a page ends, even if it has fewer rows than the limit. */
const PAGE_BYTES = 8_388_608;

type Place = readonly [occurred: string, eventId: string];
type Row = EventRow & PagedEvent;

/** Before the first one, and after the last one. */
const START = { asc: ['-infinity', '0'], desc: ['infinity', '9223372036854775807'] } as const;

/** Reads events: all of them, or page by page. */
@Injectable()
export class EventReader {
  constructor(
    private readonly searches: SearchDatabase,
    private readonly cursors: Cursors,
  ) {}

  /** @throws CodedError `INVALID_CURSOR`, `SEARCH_TOO_SLOW` */
  async read(filter: EventFilter, request: EventRequest): Promise<List<EventRow>> {
    const { limit, cursor, order } = request;
    const isDescending = order === 'desc';
    const asked = JSON.stringify(['audit.events', order, Object.entries(filter).sort()]);
    const sealer = await this.cursors.sealer();
    const after = cursor === undefined ? START[order] : (sealer.open(asked, cursor) as Place);
    const read = (limits: PageLimits) => (place: Place) => {
      const { statement, values } = eventsPage(filter, isDescending, limits);
      return this.searches.query<Row>(statement, [...place, ...values]);
    };
    if (limit === undefined) {
      const isFull = (page: readonly Row[]): boolean => isAtLimit(page, CHUNK);
      return { pages: readPages<Row, Place>({ after, read: read(CHUNK), keyOf: placeOf, isFull }) };
    }
    const limits = { rows: limit + 1, maxBytes: PAGE_BYTES };
    const rows = await read(limits)(after);
    const isMore = isAtLimit(rows, limits);
    if (rows.length > limit) rows.length = limit;
    const last = rows.at(-1);
    const nextCursor = last && isMore ? sealer.seal(asked, placeOf(last)) : undefined;
    return { pages: once(rows), nextCursor };
  }
}

function placeOf({ occurred, event_id: eventId }: Row): Place {
  return [occurred, eventId];
}

function isAtLimit(page: readonly Row[], { rows, maxBytes }: PageLimits): boolean {
  return page.length >= rows || Number(page.at(-1)?.bytes_so_far) >= maxBytes;
}
