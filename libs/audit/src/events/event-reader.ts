import { Injectable } from '@nestjs/common';
import { isFull, readPages, SearchDatabase, type PagedRow } from '#database';
import { Cursors, once, type List } from '#paging';
import { eventsPage, type PageLimits } from './events.sql.js';
import type { EventFilter, EventRequest, EventRow } from './events.types.js';

/** Of a chunk of a list that is read whole. */
const CHUNK: PageLimits = { rows: 200, maxBytes: 131_072 };
/** Bytes after which a page ends, even if it has fewer rows than the limit. */
const PAGE_BYTES = 8_388_608;

type Place = readonly [occurred: string, eventId: string];
type Row = EventRow & PagedRow;

/** Before the first of the events that are asked for, or after the last. Ids begin with 1. */
function startOf({ since, until }: EventFilter, order: EventRequest['order']): Place {
  return order === 'asc' ? [since ?? '-infinity', '0'] : [until ?? 'infinity', '0'];
}

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
    const after =
      cursor === undefined ? startOf(filter, order) : (sealer.open(asked, cursor) as Place);
    const read = (limits: PageLimits) => (place: Place) => {
      const { statement, values } = eventsPage(filter, isDescending, limits);
      return this.searches.query<Row>(statement, [...place, ...values]);
    };
    if (limit === undefined) {
      const isChunkFull = (page: readonly Row[]): boolean => isFull(page, CHUNK);
      const chunks = { after, read: read(CHUNK), keyOf: placeOf, isFull: isChunkFull };
      return { pages: readPages<Row, Place>(chunks) };
    }
    const limits = { rows: limit + 1, maxBytes: PAGE_BYTES };
    const rows = await read(limits)(after);
    const isMore = isFull(rows, limits);
    if (rows.length > limit) rows.length = limit;
    const last = rows.at(-1);
    const nextCursor = last && isMore ? sealer.seal(asked, placeOf(last)) : undefined;
    return { pages: once(rows), nextCursor };
  }
}

function placeOf({ occurred, event_id: eventId }: Row): Place {
  return [occurred, eventId];
}
