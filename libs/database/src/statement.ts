import type { CodedError } from '#errors';

/** What a broken constraint means to the caller, by the constraint's name. */
export type Violations = Readonly<Record<string, () => CodedError>>;

/** A statement that is prepared once per connection, under its name. */
export interface Statement {
  /** Unique; also names the statement in logs: `project.create`. */
  readonly name: string;
  /** SQL with `$1`, `$2`, …; values never stand in it. */
  readonly text: string;
  readonly violations: Violations;
}

/** Declares a statement. One name stands for one text: PostgreSQL keeps prepared statements by name. */
export function statement(name: string, text: string, violations: Violations = {}): Statement {
  return { name, text, violations };
}
