/** What every record has: when it changed last, which no two changes of a record share. */
interface Changing {
  readonly updated_datetime: string;
}

/** SQL of a record's tag: the microsecond of its last change, in digits. */
function tagSql(alias: string): string {
  return `to_char(${alias}.updated_datetime AT TIME ZONE 'UTC', 'YYYYMMDDHH24MISSUS')`;
}

/** The tag of a row: the same as the database's own, made of the digits of `2026-01-02T03:04:05.678901Z`. */
export function recordTag({ updated_datetime: time }: Changing): string {
  return (
    time.slice(0, 4) +
    time.slice(5, 7) +
    time.slice(8, 10) +
    time.slice(11, 13) +
    time.slice(14, 16) +
    time.slice(17, 19) +
    time.slice(20, 26)
  );
}

/**
 * The condition that a record still has one of the tags that a change is meant for.
 * @param expected - the parameter that holds them as `text[]`, null when any state will do
 */
export function hasTag(alias: string, expected: string): string {
  return `(${expected}::text[] IS NULL OR ${tagSql(alias)} = ANY (${expected}::text[]))`;
}

/**
 * SQL of the time of a change that is made now: later than the one before it in any case, also when the clock was set
 * back. So a tag never stands for two states of a record.
 */
export function changedNow(alias: string): string {
  return `greatest(clock_timestamp(), ${alias}.updated_datetime + interval '1 microsecond')`;
}
