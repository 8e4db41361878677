import type { Kind } from './legacy-rows.js';

/** What can be wrong with a row of the old tables. */
export const PROBLEMS = [
  'duplicate_id',
  'orphan',
  'name_collision',
  'not_an_object',
  'not_json',
  'not_storable',
  'missing_value',
  'not_a_time',
] as const;
export type Problem = (typeof PROBLEMS)[number];

/** One thing that is wrong with one row. */
export interface Defect {
  readonly kind: Kind;
  /** Null when the row has none. */
  readonly id: string | null;
  readonly problem: Problem;
  readonly detail: string;
  /** Whether the row was imported nevertheless, changed as the detail says. */
  readonly imported: boolean;
}
