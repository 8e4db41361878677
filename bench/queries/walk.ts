import { WrongAnswerError, type Answer, type Call, type Caller } from '../support/caller.js';
import type { Case, Item } from './cases/case.js';
import type { Facts } from './facts.js';

/** A case on a data set: what to ask, and the item that its page follows. */
export interface Prepared {
  readonly call: Call;
  readonly before: Item | undefined;
}

/** Finds the page of a case: walks there as a client does, page by page. @throws WrongAnswerError */
export async function prepare(
  { call, page = 1 }: Case,
  caller: Caller,
  facts: Facts,
): Promise<Prepared> {
  let here: Prepared = { call: call(facts), before: undefined };
  if (page === 1) return here;
  let answer = await send(caller, here.call);
  for (let number = 1; number < page; number += 1) {
    const next = nextCall(here.call, answer);
    if (!next) break;
    const following = await send(caller, next);
    // The last page may be short, and would be answered faster for it.
    if (!nextCall(next, following)) break;
    here = { call: next, before: itemsOf(answer).at(-1) };
    answer = following;
  }
  if (here.before === undefined) throw new WrongAnswerError('one page');
  return here;
}

/** @throws WrongAnswerError when it is no success */
export async function send(caller: Caller, call: Call): Promise<Answer> {
  const answer = await caller.send(call);
  if (answer.status !== 200) throw new WrongAnswerError(`status ${answer.status}`);
  return answer;
}

function nextCall(call: Call, answer: Answer): Call | undefined {
  if (call.body === undefined) return answer.next ? { ...call, path: answer.next } : undefined;
  const { next_cursor: cursor } = JSON.parse(answer.body) as { next_cursor?: string | null };
  if (!cursor) return undefined;
  return { ...call, body: JSON.stringify({ ...(JSON.parse(call.body) as object), cursor }) };
}

function itemsOf(answer: Answer): readonly Item[] {
  const content = JSON.parse(answer.body) as readonly Item[] | { experiments: readonly Item[] };
  return 'experiments' in content ? content.experiments : content;
}
