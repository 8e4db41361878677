import { WrongAnswerError, type Call, type Caller } from '../support/caller.js';
import type { Case, FloorCall } from './cases/case.js';
import type { Facts } from './facts.js';
import { measure, type Contestant, type Effort } from './measure.js';
import { prepare, send } from './walk.js';

/** A Model DB on a data set. */
export interface Subject {
  readonly caller: Caller;
  readonly facts: Facts;
}

/** The programs that are measured against one another. */
export interface Field {
  readonly large: Subject;
  readonly small: Subject;
  /** On the large data set. */
  readonly floor: Caller;
}

/** What was measured, in milliseconds a request. */
export interface Result {
  readonly name: string;
  readonly grows: boolean;
  readonly large?: number;
  readonly small?: number;
  readonly floor?: number;
  /** Why nothing was measured. */
  readonly failure?: string;
}

/** Measures one case; what cannot be measured is a result as well. */
export async function runCase(one: Case, field: Field, effort: Effort): Promise<Result> {
  const { name, grows = false } = one;
  try {
    const large = await prepare(one, field.large.caller, field.large.facts);
    const small = await prepare(one, field.small.caller, field.small.facts);
    const contestants: Contestant[] = [
      { caller: field.large.caller, call: large.call },
      { caller: field.small.caller, call: small.call },
    ];
    if (one.floor) {
      const call = floorCall(one.floor(field.large.facts, large.before));
      const floor = { caller: field.floor, call };
      await requireSameAnswer({ caller: field.large.caller, call: large.call }, floor);
      contestants.push(floor);
    }
    const [largeMs = NaN, smallMs = NaN, floorMs] = await measure(contestants, effort);
    const times = { name, grows, large: largeMs, small: smallMs };
    return floorMs === undefined ? times : { ...times, floor: floorMs };
  } catch (error) {
    if (!(error instanceof WrongAnswerError)) throw error;
    return { name, grows, failure: error.message };
  }
}

function floorCall([question, ...values]: FloorCall): Call {
  const query = values.map((value) => `v=${encodeURIComponent(value)}`).join('&');
  return { method: 'GET', path: `/${question}?${query}` };
}

/** A fast answer to another question would be worth nothing. */
async function requireSameAnswer(modelDb: Contestant, floor: Contestant): Promise<void> {
  const [ours, theirs] = [
    await send(modelDb.caller, modelDb.call),
    await send(floor.caller, floor.call),
  ].map(({ body }) => gist(body));
  if (ours !== theirs) throw new WrongAnswerError('answers differ');
}

/** Which experiments, in which order, and how many in all. */
function gist(body: string): string {
  return (body.match(/"(?:experiment_id":"[^"]*"|count":\d+)/g) ?? []).join();
}
