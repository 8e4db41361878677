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

/** What has an index in the order of time, so that events are found by it however rare they are. */
const INDEXED = ['actor', 'project_id', 'action', 'entity_type'] as const;
type Indexed = (typeof INDEXED)[number];

/** The index of kinds leaves those of most events out: whoever asks for them finds them everywhere. */
const UNUSUAL = `entity_type <> 'experiment'`;

/** SQL of the times that events lie between, the first one of which is among them. */
interface Times {
  readonly since: string | undefined;
  readonly until: string | undefined;
}

/** A walk along an index: where it goes, and what it brings in which order. */
interface Way {
  readonly conditions: readonly string[];
  readonly order: string;
}

/** The place that a page begins after. */
const [TIME, ID] = ['$1::timestamptz', '$2::bigint'];

/** The events after the place `$1` (time) and `$2` (id) that the filter lets pass, with what is given in it. */
export function eventsPage(
  filter: EventFilter,
  isDescending: boolean,
  { rows, maxBytes }: PageLimits,
): { readonly statement: Statement; readonly values: readonly string[] } {
  const values: string[] = [];
  const hold = (value: string): string => `$${String(values.push(value) + 2)}`;
  const holdTime = (time: string | undefined) => time && `${hold(time)}::timestamptz`;
  const times = { since: holdTime(filter.since), until: holdTime(filter.until) };
  const along = onlyIndexed(filter);
  const way = along
    ? wayAlong(along, hold(filter[along] ?? ''), isDescending, times)
    : wayOfTime(isDescending, times);
  const others = FILTERS.filter((column) => column !== along).flatMap((column) => {
    const value = filter[column];
    if (value === undefined) return [];
    const condition = `${column} = ${hold(value)}`;
    // Of several, PostgreSQL knows which is the rarest. What has no index is looked for along the order.
    return column === 'entity_id' || isIndexed(filter, column) ? [condition] : [mostly(condition)];
  });
  if (isIndexed(filter, 'entity_type')) others.push(UNUSUAL);
  const text = `SELECT ${COLUMNS}, bytes_so_far FROM (
      SELECT *, sum(content_bytes) OVER (ORDER BY ${way.order} ROWS UNBOUNDED PRECEDING) AS bytes_so_far
      FROM audit_events WHERE ${[...way.conditions, ...others].join(' AND ')}
      ORDER BY ${way.order} LIMIT ${String(rows)}
    ) page
    WHERE bytes_so_far - content_bytes < ${String(maxBytes)} ORDER BY ${way.order}`;
  return { statement: adHocStatement('audit.events', text), values };
}

function isIndexed(filter: EventFilter, column: string): boolean {
  if (column === 'entity_type' && filter.entity_type === 'experiment') return false;
  return INDEXED.some((one) => one === column && filter[one] !== undefined);
}

/** The column that events are looked for by, if there is only one that has an index. */
function onlyIndexed(filter: EventFilter): Indexed | undefined {
  const [column, ...more] = INDEXED.filter((one) => isIndexed(filter, one));
  return more.length > 0 || filter.entity_id !== undefined ? undefined : column;
}

function wayOfTime(isDescending: boolean, { since, until }: Times): Way {
  const [after, direction] = isDescending ? ['<', 'DESC'] : ['>', 'ASC'];
  const conditions = [`(occurred, event_id) ${after} (${TIME}, ${ID})`];
  if (since) conditions.push(`occurred >= ${since}`);
  if (until) conditions.push(`occurred < ${until}`);
  return { conditions, order: `occurred ${direction}, event_id ${direction}` };
}

/**
 * As one range of the index (column, time, id), from where the page begins to where the times end: with `column = …` a planner
 * that has no statistics yet expects few events, and would rather sort all that there are. Ids begin with 1.
 */
function wayAlong(column: Indexed, value: string, isDescending: boolean, times: Times): Way {
  const { since, until } = times;
  const order = [column, 'occurred', 'event_id'];
  if (isDescending) {
    const place = until
      ? `least(${TIME}, ${until}), CASE WHEN ${until} <= ${TIME} THEN 0 ELSE ${ID} END`
      : `${TIME}, ${ID}`;
    const end = since ? `(${column}, occurred) >= (${value}, ${since})` : `${column} >= ${value}`;
    const conditions = [`(${order.join(', ')}) < (${value}, ${place})`, end];
    return { conditions, order: order.map((one) => `${one} DESC`).join(', ') };
  }
  const place = since
    ? `greatest(${TIME}, ${since}), CASE WHEN ${since} > ${TIME} THEN 0 ELSE ${ID} END`
    : `${TIME}, ${ID}`;
  const end = until ? `(${column}, occurred) < (${value}, ${until})` : `${column} <= ${value}`;
  return {
    conditions: [`(${order.join(', ')}) > (${value}, ${place})`, end],
    order: order.join(', '),
  };
}
