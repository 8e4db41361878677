/** What the events of a statement are made of: a row each. All but the first two are SQL. */
export interface EventSource {
  /** What is done: `project.create`. */
  readonly action: string;
  /** To what kind of thing: `project`. */
  readonly entityType: string;
  readonly entityId: string;
  readonly projectId?: string;
  /** When; by default, now. */
  readonly occurred?: string;
  /** Absent where there was nothing before. */
  readonly before?: string;
  /** `NULL` where there is nothing any more. */
  readonly after: string;
  /** Where the rows come from: what follows `FROM`, with its conditions. */
  readonly from: string;
}

/**
 * SQL of the item that writes the events of a statement, for its `WITH`: so there is no change without its event, nor an event
 * without its change.
 * @param origin - the parameter that holds what `originValue` has made
 */
export function writeEvents(origin: string, source: EventSource): string {
  const { action, entityType, entityId, projectId = 'NULL', before = 'NULL', after } = source;
  const { occurred = 'clock_timestamp()', from } = source;
  const said = [1, 2, 3, 4, 5].map((place) => `(${origin}::text[])[${String(place)}]`).join(', ');
  return `INSERT INTO audit_events (
      actor, method, key_id, request_id, address,
      occurred, action, entity_type, entity_id, project_id, before, after)
    SELECT ${said},
      ${occurred}, '${action}', '${entityType}', ${entityId}, ${projectId}, ${before}, ${after}
    FROM ${from}`;
}
