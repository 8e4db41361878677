import type { ArchivedTable } from './tables.js';

/** What text depends on is said, and a transaction may take as long as it likes. */
const SETTINGS = `
  SET LOCAL TimeZone = 'UTC';
  SET LOCAL DateStyle = 'ISO, YMD';
  SET LOCAL bytea_output = 'hex';
  SET LOCAL jit = off;
  SET LOCAL statement_timeout = 0;
  SET LOCAL idle_in_transaction_session_timeout = 0`;

/** Sees the database as it is at its first query, whatever others go on to write. */
export const BEGIN_SNAPSHOT = `BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; ${SETTINGS}`;

/** The time of a snapshot. */
export const NOW = `SELECT to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS now`;

/** Indexes are made of many rows at once. */
export const BEGIN_IMPORT = `BEGIN ISOLATION LEVEL READ COMMITTED; ${SETTINGS};
  SET LOCAL maintenance_work_mem = '256MB'`;

/**
 * Sends a table, a JSON object a line, in the order of its key. What is NULL has no member, so that a JSON null is something
 * else. PostgreSQL writes all of it: documents as they are kept, numbers to their last digit.
 *
 * As CSV whose quotes and delimiters are control characters, which JSON never has as such, each line is sent as it is; COPY's
 * own format would double every backslash.
 */
export function copyLines({ table, key, columns }: ArchivedTable): string {
  const members = Object.keys(columns).map(
    (column) => `'"${column}":' || to_json(t.${column})::text`,
  );
  const order = key.map((column) => `t.${column}`).join(', ');
  return `COPY (
    SELECT '{' || concat_ws(',', ${members.join(', ')}) || '}' FROM ${table} t ORDER BY ${order}
  ) TO STDOUT (FORMAT csv, QUOTE E'\\x01', DELIMITER E'\\x02', ENCODING 'UTF8')`;
}

/** Inserts the rows of the lines `$1`. JSON is read as `json`, which keeps the text of each value. */
export function insertLines({ table, columns }: ArchivedTable): string {
  const names = Object.keys(columns);
  const values = names.map((name) =>
    // json_to_record takes a JSON null for NULL.
    columns[name] === 'jsonb'
      ? `coalesce(r.${name}, (line::json -> '${name}')::jsonb)`
      : `r.${name}`,
  );
  const types = names.map((name) => `${name} ${columns[name] ?? ''}`);
  return `INSERT INTO ${table} (${names.join(', ')}) OVERRIDING SYSTEM VALUE
    SELECT ${values.join(', ')}
    FROM string_to_table($1, E'\\n') line, json_to_record(line::json) r (${types.join(', ')})`;
}

/** The value that a table's identity takes next, as text. */
export function nextIdentity({ table, identity = '' }: ArchivedTable): string {
  const sequence = `pg_get_serial_sequence('${table}', '${identity}')`;
  return `SELECT coalesce(pg_sequence_last_value(${sequence}::regclass) + 1, 1)::text AS next`;
}

/** Lets a table's identity go on with `$1`, or beyond what is there if that is more. */
export function restoreIdentity({ table, identity = '' }: ArchivedTable): string {
  return `SELECT setval(pg_get_serial_sequence('${table}', '${identity}'), greatest(used, 1), used > 0)
    FROM (SELECT greatest($1::bigint - 1, max(${identity})) AS used FROM ${table}) one`;
}
