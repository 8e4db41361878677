import { Injectable } from '@nestjs/common';
import { Database, SearchDatabase, type Statement } from '#database';
import type { CodedError } from '#errors';
import type { Access } from '#http';
import type { List } from '#paging';
import { EventReader } from '../events/event-reader.js';
import type { EventRow } from '../events/events.types.js';
import { historyPruned } from './history.errors.js';
import { projectOf, stateAt, type PastRow } from './history.sql.js';
import type { HistoryRequest, HistorySource } from './history.types.js';

/**
 * Tells what became of a record, and what it was at any time. Deleted ones have their history, too, for whoever may see
 * their project.
 */
@Injectable()
export class HistoryReader {
  private readonly statements = new Map<
    HistorySource,
    Record<'projectOf' | 'stateAt', Statement>
  >();

  constructor(
    private readonly database: Database,
    private readonly searches: SearchDatabase,
    private readonly events: EventReader,
  ) {}

  /**
   * The events of a record, newest first.
   * @throws what `notFound` makes
   */
  async list(
    source: HistorySource,
    id: string,
    request: HistoryRequest,
    access: Access,
    notFound: () => CodedError,
  ): Promise<List<EventRow>> {
    const found = await this.database.find<{ project_id: string }>(this.of(source).projectOf, [id]);
    if (!found || !access.has('viewer', found.project_id)) throw notFound();
    const filter = { entity_type: source.entityType, entity_id: id };
    return this.events.read(filter, { ...request, order: 'desc' });
  }

  /**
   * A record as it was at a time.
   * @throws what `notFound` makes, also where it had not been made yet; CodedError `HISTORY_PRUNED`, `SEARCH_TOO_SLOW`
   */
  async at<Row extends { readonly created_datetime: string }>(
    source: HistorySource,
    id: string,
    time: string,
    access: Access,
    notFound: () => CodedError,
  ): Promise<Row> {
    type Found = PastRow & (Row | { readonly created_datetime: null });
    const row = await this.searches.find<Found>(this.of(source).stateAt, [id, time]);
    if (!row || !access.has('viewer', row.owner)) throw notFound();
    if (row.is_pruned) throw historyPruned();
    if (row.created_datetime === null) throw notFound();
    return row;
  }

  private of(source: HistorySource) {
    let known = this.statements.get(source);
    if (!known) {
      known = { projectOf: projectOf(source.entityType), stateAt: stateAt(source) };
      this.statements.set(source, known);
    }
    return known;
  }
}
