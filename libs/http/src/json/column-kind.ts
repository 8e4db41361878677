/**
 * How a column becomes a member: `text` is escaped and quoted, `time` is quoted, for no time needs escaping, `number` is quoted
 * if it is not finite, `json` already is JSON text. Absent values become `null`.
 */
export type ColumnKind = 'text' | 'time' | 'number' | 'json';
