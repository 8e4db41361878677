import { newId } from '#database';
import type { FieldError } from '#errors';

/** A list of records to be written at once: a JSON array of objects, as text. */
export interface Batch {
  readonly text: string;
  readonly length: number;
}

/** The values of a batch's statement: the records, and an id for each, in order. */
export function batchValues({ text, length }: Batch): [string, string[]] {
  return [text, Array.from({ length }, newId)];
}

/**
 * SQL of the records of a batch, `$1` and `$2` of {@link batchValues}: PostgreSQL takes the text apart, so that no number
 * in it is rounded. Each has its place in the list as `position`, from 1, and its `id`.
 * @param fields - names and types of what is read of each record
 */
export function sentRecords(fields: Readonly<Record<string, 'text' | 'jsonb'>>): string {
  const types = Object.entries(fields).map(([name, type]) => `${name} ${type}`);
  return `SELECT * FROM ROWS FROM (
      jsonb_to_recordset($1::jsonb) AS (${types.join(', ')}), unnest($2::text[])
    ) WITH ORDINALITY AS sent (${Object.keys(fields).join(', ')}, id, position)`;
}

/**
 * Names the records of a batch that something is wrong with.
 * @param positions - from 1, as {@link sentRecords} counts them
 */
export function wrongRecords(
  list: string,
  positions: readonly string[],
  field: string,
  message: string,
): FieldError[] {
  return positions.map((position) => ({
    path: `${list}[${String(Number(position) - 1)}].${field}`,
    message,
  }));
}
