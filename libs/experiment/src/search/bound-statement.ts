import type { Statement, Value } from '#database';

/** A statement with the values of its `$n`. */
export interface BoundStatement {
  readonly statement: Statement;
  readonly values: readonly Value[];
}
