import type { Bindings } from './sql/bindings.js';
import { findField, type Fields } from './fields.js';
import type { Ordering } from './filter.types.js';
import { memberAt } from './sql/operand.js';

/** Texts are ordered by so many characters, so that a place stays small. */
const TEXT_LENGTH = 255;

/** One expression of an ORDER BY. It is never null, so that places compare in one way. */
export interface SortPart {
  readonly sql: string;
  readonly type: 'integer' | 'numeric' | 'text' | 'timestamptz';
  readonly descending: boolean;
}

/**
 * What an ordering sorts by. Whatever the direction, absent values come last. Values of a JSON document come as numbers,
 * then strings, booleans, NaN, and last everything else; where only numbers have an order, numbers, NaN, everything else.
 */
export function sortParts(
  { subject, descending }: Ordering,
  fields: Fields,
  bindings: Bindings,
): SortPart[] {
  const [name, ...keys] = subject.path;
  const field = findField(fields, name);
  if (!field) throw new Error(`The ordering was parsed with other fields: there is no ${name}.`);
  if (field.type === 'time') return [{ sql: field.sql, type: 'timestamptz', descending }];
  if (field.type !== 'document') return textParts(field.sql, descending);
  const value = memberAt(field, keys, bindings);
  return field.ordersNumbers ? numberParts(value, descending) : documentParts(value, descending);
}

function textParts(sql: string, descending: boolean): SortPart[] {
  return [
    { sql: `(${sql} IS NULL)::integer`, type: 'integer', descending: false },
    textPart(sql, descending),
  ];
}

function numberParts(value: string, descending: boolean): SortPart[] {
  const number = `json_number(${value})`;
  const rank = `(CASE WHEN ${number} < 'NaN' THEN 0 WHEN ${number} = 'NaN' THEN 1 ELSE 2 END)`;
  return [
    { sql: rank, type: 'integer', descending: false },
    { sql: `coalesce(${number}, 0)`, type: 'numeric', descending },
  ];
}

function documentParts(value: string, descending: boolean): SortPart[] {
  const rank = `CASE
    WHEN json_number(${value}) < 'NaN' THEN 0 WHEN ${value} = '"NaN"' THEN 3
    WHEN jsonb_typeof(${value}) = 'string' THEN 1 WHEN jsonb_typeof(${value}) = 'boolean' THEN 2
    ELSE 4 END`;
  const number = `coalesce(json_number(${value}), json_boolean(${value})::integer, 0)`;
  return [
    { sql: `(${rank})`, type: 'integer', descending: false },
    { sql: number, type: 'numeric', descending },
    textPart(`json_string(${value})`, descending),
  ];
}

function textPart(sql: string, descending: boolean): SortPart {
  const start = `left(coalesce(${sql}, ''), ${String(TEXT_LENGTH)})`;
  return { sql: `(${start} COLLATE "C")`, type: 'text', descending };
}

/** True for the rows that come after a place: the values of the parts there, as text. */
export function isAfter(
  parts: readonly SortPart[],
  place: readonly string[],
  bindings: Bindings,
): string {
  const values = parts.map(({ type }, index) => `${bindings.bind(place[index] ?? '')}::${type}`);
  const [first] = parts;
  if (parts.every(({ descending }) => descending === first?.descending)) {
    // A row comparison is a range of an index.
    const row = parts.map(({ sql }) => sql).join(', ');
    return `(${row}) ${first?.descending ? '<' : '>'} (${values.join(', ')})`;
  }
  return parts.reduceRight((rest, { sql, descending }, index) => {
    const value = values[index] ?? '';
    const operator = descending ? '<' : '>';
    if (rest === '') return `${sql} ${operator} ${value}`;
    // Said twice, so that the first part still is a range of an index.
    return `(${sql} ${operator}= ${value} AND (${sql} ${operator} ${value} OR ${rest}))`;
  }, '');
}
