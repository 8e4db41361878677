import { adHocStatement, measuredPageSql, mostly, type Statement } from '#database';
import { FILTERS, type EventFilter } from './events.types.js';

/** Times in documents as they are answered everywhere, which PostgreSQL's own way of writing them as JSON is not. */
const timesOf = (document: string): string => `${document} || (
    SELECT coalesce(jsonb_object_agg(field.key, to_char(
      (field.value #>> '{}')::timestamptz AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')), '{}')
    FROM jsonb_each(${document}) field
    WHERE jsonb_typeof(field.value) = 'string' AND field.key ~ '_(at|datetime|occurred)$')`;

const COLUMNS = `event_id, occurred, actor, method, key_id, action, entity_type, entity_id, project_id,
  ${timesOf('before')} AS before, ${timesOf('after')} AS after, request_id, address`;

/** What a page of events holds at most. The event that reaches so many bytes is the last one. */
export interface PageLimits {
  readonly rows: number;
  readonly maxBytes: number;
}

type Column = (typeof FILTERS)[number];

/** What has an index in the order of time, so that events are walked along it however rare they are. */
const WALKED: readonly Column[] = ['actor', 'project_id', 'action', 'entity_type'];

/** The index of kinds leaves those of most events out: whoever asks for them finds them everywhere. */
const MOST = 'experiment';

/**
 * The events after the place `$1` (time) and `$2` (id) that the filter lets pass, with what is given in it. A page does not
 * look where the times of the filter begin: the first place has to be there.
 */
export function eventsPage(
  filter: EventFilter,
  descending: boolean,
  limits: PageLimits,
): { readonly statement: Statement; readonly values: readonly string[] } {
  const values: string[] = [];
  const hold = (value: string): string => `$${String(values.push(value) + 2)}`;
  const given = FILTERS.flatMap((column) => {
    const value = filter[column];
    if (value === undefined) return [];
    const hasIndex = column === 'entity_id' || WALKED.includes(column);
    const isIndexed = hasIndex && !(column === 'entity_type' && value === MOST);
    return [{ column, value: hold(value), isIndexed }];
  });
  const [first, ...more] = given.filter(({ isIndexed }) => isIndexed);
  // Of several, PostgreSQL knows which is the rarest.
  const scope = first && more.length === 0 && WALKED.includes(first.column) ? first : undefined;
  const conditions = given
    .filter((one) => one !== scope)
    .map(({ column, value, isIndexed }) => {
      const condition = `e.${column} = ${value}`;
      return isIndexed ? condition : mostly(condition);
    });
  if (given.some(({ column, isIndexed }) => column === 'entity_type' && isIndexed)) {
    conditions.push(`e.entity_type <> '${MOST}'`);
  }
  const end = descending ? filter.since : filter.until;
  const text = measuredPageSql({
    ...{ table: 'audit_events', alias: 'e', idColumn: 'event_id', timeColumn: 'occurred' },
    ...{ descending, scope, conditions, ...limits },
    end: end && hold(end),
    columnsOf: () => COLUMNS,
    bytesOf: (alias) => `${alias}.content_bytes`,
  });
  return { statement: adHocStatement('audit.events', text), values };
}
