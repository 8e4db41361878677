import { findField, type Field, type Fields } from '../fields.js';
import type { Literal, Subject } from '../filter.types.js';
import type { Bindings } from './bindings.js';

/**
 * How one subject is read. Each reading is made when it is asked for, because that binds the keys of the path, and
 * PostgreSQL refuses a bound value that the statement does not use.
 */
export interface Operand {
  /** True when it is null: unlike all others never unknown. */
  isNull(): string;
  /** For each type that the subject can have: its value, null when it has another type. */
  readonly as: Partial<Readonly<Record<Literal['type'], () => string>>>;
}

/**
 * The value at a path in a document: null where there is no such key, or no object to have one.
 * @param document - SQL of a `jsonb` expression
 */
export function jsonAt(document: string, keys: readonly string[], bindings: Bindings): string {
  const steps = keys.map((key) => ` -> ${bindings.bind(key)}::text`);
  return `(${document}${steps.join('')})`;
}

/** The value at a path below a field that is a document, as {@link jsonAt}. */
export function memberAt(
  { sql, members }: Extract<Field, { type: 'document' }>,
  keys: readonly string[],
  bindings: Bindings,
): string {
  return members ? members.sql(keys, bindings) : jsonAt(sql, keys, bindings);
}

/** Finds the SQL of a subject. */
export function operandOf({ path }: Subject, fields: Fields, bindings: Bindings): Operand {
  const [name, ...keys] = path;
  const field = findField(fields, name);
  if (!field) throw new Error(`The filter was parsed with other fields: there is no ${name}.`);
  if (field.type === 'document') {
    return keys.length === 0 ? column(field.sql, {}) : member(field, keys, bindings);
  }
  const { sql } = field;
  return column(sql, field.type === 'text' ? { string: () => sql } : { time: () => sql });
}

function column(sql: string, as: Operand['as']): Operand {
  return { isNull: () => `(${sql} IS NULL)`, as };
}

function member(
  document: Extract<Field, { type: 'document' }>,
  keys: readonly string[],
  bindings: Bindings,
): Operand {
  let sql: string | undefined;
  const value = (): string => (sql ??= memberAt(document, keys, bindings));
  return {
    isNull: () => `(coalesce(${value()}, 'null'::jsonb) = 'null'::jsonb)`,
    as: {
      number: () => `json_number(${value()})`,
      string: () => `json_string(${value()})`,
      boolean: () => `json_boolean(${value()})`,
    },
  };
}
