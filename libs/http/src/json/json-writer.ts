import type { ColumnKind } from './column-kind.js';
import { JsonBytes } from './json-bytes.js';

/** JSON text that is ready to be sent: it came out of the database or out of a {@link jsonWriter}. */
export type JsonText = string;

/** A row as `libs/database` returns it: every column is text. */
export type TextRow<Column extends string> = Readonly<Record<Column, string | null>>;

/** Writes a row as JSON; many of them, while they are as PostgreSQL has sent them, without reading them. */
export interface RowWriter<Row> {
  (row: Row): JsonText;
  readonly bytes?: JsonBytes;
}

/** What JSON has to escape; half a surrogate pair, too. */
// eslint-disable-next-line no-control-regex -- control characters are what it is about
const SPECIAL = /[\u0000-\u001f"\\\ud800-\udfff]/;

/** As JSON.stringify does it, which is slower for the texts that need nothing but quotes. */
function quote(text: string): string {
  return SPECIAL.test(text) ? JSON.stringify(text) : `"${text}"`;
}

const WRITERS: Readonly<Record<ColumnKind, (prefix: string, value: string) => JsonText>> = {
  text: (prefix, value) => prefix + quote(value),
  time: (prefix, value) => `${prefix}"${value}"`,
  number: (prefix, value) => prefix + numberJson(value),
  json: (prefix, value) => prefix + value,
};

/** A number as PostgreSQL writes it, as JSON: what is not finite has no number there. */
export function numberJson(text: string): JsonText {
  return /^-?\d/.test(text) ? text : `"${text}"`;
}

/**
 * Makes the function that writes a row as a JSON object with exactly the named members. The documents in it are
 * passed on as PostgreSQL wrote them: nothing is parsed, so nothing can be changed.
 */
export function jsonWriter<Column extends string>(
  columns: Readonly<Record<Column, ColumnKind>>,
): RowWriter<TextRow<Column>> {
  const plan = Object.entries<ColumnKind>(columns).map(([column, kind], index) => {
    const prefix = `${index === 0 ? '{' : ','}${JSON.stringify(column)}:`;
    return { column: column as Column, prefix, none: `${prefix}null`, write: WRITERS[kind] };
  });
  const write = (row: TextRow<Column>): JsonText => {
    let text = '';
    for (const { column, prefix, none, write } of plan) {
      const value = row[column];
      text += value === null ? none : write(prefix, value);
    }
    return `${text}}`;
  };
  return Object.assign(write, { bytes: new JsonBytes(columns) });
}
