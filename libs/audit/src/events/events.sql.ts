import { adHocStatement, mostly, type Statement } from '#database';
import { FILTERS, type EventFilter } from './events.types.js';

/** Times in documents as they are answered everywhere, which PostgreSQL's own way of writing them as JSON is not. */
const timesOf = (document: string): string => `${document} || (
    SELECT coalesce(jsonb_object_agg(field.key, to_char(
      (field.value #>> '{}')::timestamptz AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')), '{}')
    FROM jsonb_each(${document}) field
    WHERE jsonb_typeof(field.value) = 'string' AND field.key ~ '_(at|datetime|occurred)$')`;

const COLUMNS = `event_id, occurred, actor, method, key_id, action, entity_type, entity_id, project_id,
  ${timesOf('before')} AS before, ${timesOf('after')} AS after, request_id, address`;

/** An event with the bytes of the page up to and including it. */
export interface PagedEvent {
  readonly bytes_so_far: string;
}

/** What a page of events holds at most. The event that reaches so many bytes is the last one. */
export interface PageLimits {
  readonly rows: number;
  readonly maxBytes: number;
}

/** The events after the place `$1` (time) and `$2` (id) that the filter lets pass, with what is given in it. */
export function eventsPage(
  filter: EventFilter,
  isDescending: boolean,
  { rows, maxBytes }: PageLimits,
): { readonly statement: Statement; readonly values: readonly string[] } {
  const [after, direction] = isDescending ? ['<', 'DESC'] : ['>', 'ASC'];
  const order = `ORDER BY occurred ${direction}, event_id ${direction}`;
  const conditions = [`(occurred, event_id) ${after} ($1, $2)`];
  const values: string[] = [];
  const hold = (value: string | undefined, condition: (parameter: string) => string): void => {
    if (value === undefined) return;
    values.push(value);
    conditions.push(condition(`$${String(values.length + 2)}`));
  };
  for (const column of FILTERS) {
    const isIndexed = column === 'entity_id';
    hold(filter[column], (value) => {
      const condition = `${column} = ${value}`;
      // What has no index is looked for along the order of time.
      return isIndexed ? condition : mostly(condition);
    });
  }
  hold(filter.since, (value) => `occurred >= ${value}`);
  hold(filter.until, (value) => `occurred < ${value}`);
  const text = `SELECT ${COLUMNS}, bytes_so_far FROM (
      SELECT *, sum(content_bytes) OVER (${order} ROWS UNBOUNDED PRECEDING) AS bytes_so_far
      FROM audit_events WHERE ${conditions.join(' AND ')} ${order} LIMIT ${String(rows)}
    ) page
    WHERE bytes_so_far - content_bytes < ${String(maxBytes)} ${order}`;
  return { statement: adHocStatement('audit.events', text), values };
}
