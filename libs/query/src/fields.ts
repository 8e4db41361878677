import type { Bindings } from './sql/bindings.js';

/** A field that a resource offers, with the SQL that reads it, table alias included. */
export type Field =
  /** A column, or any other scalar expression. */
  | { readonly type: 'text' | 'time'; readonly sql: string }
  /** A `jsonb` expression: its members are named by the keys below it. */
  | {
      readonly type: 'document';
      readonly sql: string;
      /** A key that it may have, shown where one is missing. */
      readonly example?: string;
      /** Only the numbers in it have an order. */
      readonly ordersNumbers?: boolean;
      /** Where its members are no members of `sql`: how they are named, and the SQL that reads one as `jsonb`. */
      readonly members?: Members;
    };

export interface Members {
  /** What the keys have to be, after "expected"; absent when they are right. */
  readonly expected: (keys: readonly string[]) => string | undefined;
  readonly sql: (keys: readonly string[], bindings: Bindings) => string;
}

/** The fields of a resource by name, which is the first key of a path. */
export type Fields = Readonly<Record<string, Field>>;

/** Own fields only: `constructor` is no field, although every object has one. */
export function findField(fields: Fields, name: string): Field | undefined {
  return Object.hasOwn(fields, name) ? fields[name] : undefined;
}
