/** JSON text that is ready to be sent: it came out of the database or out of a {@link jsonWriter}. */
export type JsonText = string;

/** How a column becomes a member: `text` is quoted, `json` already is JSON text. Absent values become `null`. */
export type ColumnKind = 'text' | 'json';

/** A row as `libs/database` returns it: every column is text. */
export type TextRow<Column extends string> = Readonly<Record<Column, string | null>>;

/**
 * Makes the function that writes a row as a JSON object with exactly the named members. The documents in it are
 * passed on as PostgreSQL wrote them: nothing is parsed, so nothing can be changed.
 */
export function jsonWriter<Column extends string>(
  columns: Readonly<Record<Column, ColumnKind>>,
): (row: TextRow<Column>) => JsonText {
  const plan = Object.entries<ColumnKind>(columns).map(([column, kind], index) => ({
    column: column as Column,
    prefix: `${index === 0 ? '{' : ','}${JSON.stringify(column)}:`,
    quoted: kind === 'text',
  }));
  return (row) => {
    let text = '';
    for (const { column, prefix, quoted } of plan) {
      const value = row[column];
      text += prefix + (value === null ? 'null' : quoted ? JSON.stringify(value) : value);
    }
    return `${text}}`;
  };
}
