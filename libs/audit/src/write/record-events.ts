import type { EventSource } from './event-source.js';

/** The kinds of records whose history is kept. */
export type RecordType = 'project' | 'model' | 'experiment';

/**
 * An event for each record that a statement makes.
 * @param made - the `WITH` item that returns them as they are answered
 */
export function recordsMade(entityType: RecordType, made: string): EventSource {
  return {
    action: `${entityType}.create`,
    ...ofRecord(entityType, 'made'),
    after: 'to_jsonb(made)',
    from: `${made} made`,
  };
}

/**
 * What of a record may change: names of columns; or, where only a part of one is of interest, its name with the SQL of that
 * part in a row `r`.
 */
export type RecordFields = readonly string[] | Readonly<Record<string, string>>;

/** The item that returns the record before it is changed: see {@link lockedRecord}. */
const BEFORE = 'before_change';

/**
 * An event of a record that is changed, with the fields that are different. There is none when nothing was: the time of the
 * last change tells.
 * @param changed - the `WITH` item that returns the record as it is left
 */
export function recordChanged(
  entityType: RecordType,
  action: string,
  changed: string,
  fields: RecordFields,
): EventSource {
  const id = `${entityType}_id`;
  return {
    action: `${entityType}.${action}`,
    ...ofRecord(entityType, 'change'),
    before: 'audit_difference(change.was, change.became)',
    after: 'audit_difference(change.became, change.was)',
    // Not to be merged with what surrounds it, where the fields would be put together twice.
    from: `(SELECT became.*, ${fieldsOf('was', fields)} AS was, ${fieldsOf('became', fields)} AS became
      FROM ${changed} became JOIN ${BEFORE} was ON was.${id} = became.${id}
      WHERE became.updated_datetime <> was.updated_datetime OFFSET 0) change`,
  };
}

/**
 * The `WITH` item that locks a record and returns it as it is then, also when others have just changed it. The change itself has
 * to be of a row that this one returns: so it waits here, and not where it is too late to see what was before.
 * @param id - the parameter that holds the id
 * @param condition - SQL about the record `r`: that it may be changed at all
 */
export function lockedRecord(entityType: RecordType, id: string, condition = 'true'): string {
  return `${BEFORE} AS MATERIALIZED (
    SELECT * FROM ${entityType}s r WHERE r.${entityType}_id = ${id} AND ${condition} FOR NO KEY UPDATE OF r)`;
}

/** The condition that a change is of the row `alias` that {@link lockedRecord} returns. */
export function isLocked(entityType: RecordType, alias: string): string {
  return `${alias}.${entityType}_id = ${lockedId(entityType)}`;
}

/** The id of the row that {@link lockedRecord} returns; null when there is none. */
export function lockedId(entityType: RecordType): string {
  return `(SELECT ${entityType}_id FROM ${BEFORE})`;
}

/** Events are dated like the states that they lead to: so the state at the time of a record's last change is the one after it. */
function ofRecord(entityType: RecordType, row: string) {
  return {
    entityType,
    entityId: `${row}.${entityType}_id`,
    projectId: `${row}.project_id`,
    occurred: `${row}.updated_datetime`,
  };
}

function fieldsOf(row: string, fields: RecordFields): string {
  const sql = Array.isArray(fields)
    ? (fields as string[]).map((name): [string, string] => [name, `r.${name}`])
    : Object.entries(fields as Record<string, string>);
  const members = [...sql, ['updated_datetime', 'r.updated_datetime'] as const].map(
    ([name, value]) => `'${name}', ${value.replaceAll(/\br\./g, `${row}.`)}`,
  );
  return `jsonb_build_object(${members.join(', ')})`;
}
