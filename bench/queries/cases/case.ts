import type { QUESTIONS } from '../../floor/questions.js';
import type { Call } from '../../support/caller.js';
import type { Facts } from '../facts.js';

/** A question of the hand-written program, and its values. */
export type FloorCall = readonly [question: keyof typeof QUESTIONS, ...values: string[]];

/** The last item of the page before, as Model DB has answered it. */
export type Item = Readonly<Record<string, unknown>>;

/** A question that is measured. */
export interface Case {
  readonly name: string;
  readonly call: (facts: Facts) => Call;
  /** Absent: there is no one statement that answers it. `before` is where a page starts. */
  readonly floor?: (facts: Facts, before: Item | undefined) => FloorCall;
  /** Measured is the page with this number, or the last full one; the first when absent. */
  readonly page?: number;
  /** The scope grows with the data set, and the work with it: the times are reported, without a budget. */
  readonly grows?: true;
}

export const get = (path: string): Call => ({ method: 'GET', path });

/** The place of the page before in an order by time. */
export const time = (item: Item | undefined): string =>
  text(item, 'created_datetime') ?? '-infinity';
export const id = (item: Item | undefined): string => text(item, 'experiment_id') ?? '';

/** A member that is text or a number. */
export function text(item: Item | undefined, member: string): string | undefined {
  const value = item?.[member];
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' ? value : undefined;
}
