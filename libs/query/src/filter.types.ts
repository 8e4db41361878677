/** A value as it stands in a filter. Numbers and times stay text, so that they are exact. */
export type Literal =
  /** Numeric input of PostgreSQL: `0.9`, `1e-3`, `NaN`, `Infinity`, `-Infinity`. */
  | { readonly type: 'number'; readonly text: string }
  | { readonly type: 'string'; readonly text: string }
  | { readonly type: 'boolean'; readonly value: boolean }
  /** ISO 8601 with a zone, to the microsecond. */
  | { readonly type: 'time'; readonly text: string };

/** What is compared or ordered by: a field, and for a document the keys below it. */
export interface Subject {
  readonly path: readonly [string, ...string[]];
  /** Where it stands in the text, from 1, columns in code points. */
  readonly line: number;
  readonly column: number;
}

export type Operator = '=' | '!=' | '<' | '<=' | '>' | '>=';

/** A filter as a tree. `IS NOT NULL`, `NOT IN`, … are a `not` around the positive node. */
export type Filter =
  | { readonly kind: 'and' | 'or'; readonly terms: readonly Filter[] }
  | { readonly kind: 'not'; readonly term: Filter }
  | {
      readonly kind: 'compare';
      readonly subject: Subject;
      readonly operator: Operator;
      readonly value: Literal;
    }
  | { readonly kind: 'in'; readonly subject: Subject; readonly values: readonly Literal[] }
  | {
      readonly kind: 'between';
      readonly subject: Subject;
      readonly from: Literal;
      readonly to: Literal;
    }
  | {
      readonly kind: 'like';
      readonly subject: Subject;
      readonly pattern: string;
      readonly ignoreCase: boolean;
    }
  | { readonly kind: 'null'; readonly subject: Subject };

/** The filters that look at one subject. */
export type Condition = Exclude<Filter, { kind: 'and' | 'or' | 'not' }>;

/** A subject to order by. */
export interface Ordering {
  readonly subject: Subject;
  readonly descending: boolean;
}
