import { statement, type Statement } from '#database';
import type { RecordType } from '../write/record-events.js';
import type { HistorySource } from './history.types.js';

/** The project of the record `$1`, deleted or not. */
export function projectOf(entityType: RecordType): Statement {
  return statement(
    `audit.project_of_${entityType}`,
    `SELECT project_id FROM ${entityType}s WHERE ${entityType}_id = $1`,
  );
}

/** A record as it was; every column is null where it had not been made yet, or `is_pruned`. */
export interface PastRow {
  /** The project of the record. */
  readonly owner: string;
  /** That what happened since then is not all known any more. */
  readonly is_pruned: boolean;
}

/**
 * The record `$1` as it was at the time `$2`. No row: there is no such record. What was pruned cannot be undone, unless the
 * record was made after that.
 */
export function stateAt({ entityType, columnsOf }: HistorySource): Statement {
  const table = `${entityType}s`;
  const id = `${entityType}_id`;
  return statement(
    `audit.${entityType}_at`,
    `WITH pruned AS (
       SELECT max((e.after ->> 'newest_occurred')::timestamptz) AS newest
       FROM audit_events e WHERE e.entity_id = 'audit_events' AND e.action = 'audit.prune'
     ), target AS (
       SELECT r, r.project_id, r.created_datetime > $2::timestamptz AS is_to_come,
         coalesce(r.created_datetime <= pruned.newest AND $2::timestamptz < pruned.newest, false) AS is_pruned
       FROM ${table} r, pruned WHERE r.${id} = $1
     )
     SELECT t.project_id AS owner, t.is_pruned AND NOT t.is_to_come AS is_pruned, ${columnsOf('past')}
     FROM target t LEFT JOIN LATERAL (
       SELECT * FROM jsonb_populate_record(null::${table}, audit_state(to_jsonb(t.r), '${entityType}', $1, $2::timestamptz))
     ) past ON NOT t.is_to_come AND NOT t.is_pruned`,
  );
}
