import type { CodedError } from '#errors';

/** What a broken constraint means to the caller, by the constraint's name. */
export type Violations = Readonly<Record<string, () => CodedError>>;

/** A statement, with what it may break. */
export interface Statement {
  /** Names the statement in logs: `project.create`. */
  readonly name: string;
  /** Names it in metrics: as the name, without what depends on the request. */
  readonly label: string;
  /** Prepared once per connection, under its name, which then stands for this text alone. */
  readonly prepared: boolean;
  /** SQL with `$1`, `$2`, …; values never stand in it. */
  readonly text: string;
  readonly violations: Violations;
}

/** Declares a prepared statement. One name stands for one text: PostgreSQL keeps prepared statements by name. */
export function statement(name: string, text: string, violations: Violations = {}): Statement {
  return { name, label: name, prepared: true, text, violations };
}

/** A statement whose text depends on the request: PostgreSQL plans it anew each time, for the values it has then. */
export function adHocStatement(name: string, text: string): Statement {
  return { name, label: name, prepared: false, text, violations: {} };
}
