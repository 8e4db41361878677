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
  fields: readonly string[],
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
 * An event of a record into a document of which members are merged: the same as {@link recordChanged}, looking at no other
 * members, for this is what pipelines do all the time.
 * @param members - the parameter that holds them
 * @param changed - the `WITH` item that returns the record as it is left
 */
export function documentMerged(
  entityType: RecordType,
  document: string,
  members: string,
  changed: string,
): EventSource {
  const id = `${entityType}_id`;
  const side = (part: string, time: string): string =>
    `CASE WHEN change.is_new OR change.became <> '{}' THEN jsonb_build_object('${document}', ${part}) ELSE '{}' END
      || jsonb_build_object('updated_datetime', ${time})`;
  return {
    action: `${entityType}.merge_${document}`,
    ...ofRecord(entityType, 'change'),
    before: side('CASE WHEN NOT change.is_new THEN change.was END', 'change.was_updated_datetime'),
    after: side('change.became', 'change.updated_datetime'),
    from: `(SELECT became.${id}, became.project_id, became.updated_datetime,
        was.updated_datetime AS was_updated_datetime, was.${document} IS NULL AS is_new, part.was, part.became
      FROM ${changed} became JOIN ${BEFORE} was ON was.${id} = became.${id}
      CROSS JOIN LATERAL (
        SELECT coalesce(jsonb_object_agg(name, was.${document} -> name) FILTER (WHERE was.${document} ? name), '{}') AS was,
          coalesce(jsonb_object_agg(name, became.${document} -> name), '{}') AS became
        FROM jsonb_object_keys(${members}::jsonb) name
        WHERE (was.${document} -> name)::text IS DISTINCT FROM (became.${document} -> name)::text
      ) part
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

function fieldsOf(row: string, fields: readonly string[]): string {
  const members = [...fields, 'updated_datetime'].map((name) => `'${name}', ${row}.${name}`);
  return `jsonb_build_object(${members.join(', ')})`;
}
