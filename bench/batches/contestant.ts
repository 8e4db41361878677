import { WrongAnswerError, type Call, type Caller } from '../support/caller.js';

/** Writes one batch. @returns the milliseconds it took, without what was made ready for it */
export type Contestant = () => Promise<number>;

/** The statuses of a route that does not exist. */
const NO_ROUTE = [404, 405];

/** Why a case is left out; nothing is broken by that. */
export class NoRouteError extends Error {
  override readonly name = 'NoRouteError';
}

/**
 * Sends a batch to Model DB.
 * @param makeCall - makes the next request, before the time runs
 * @throws NoRouteError, WrongAnswerError
 */
export function sender(caller: Caller, makeCall: () => Call): Contestant {
  return async () => {
    const call = makeCall();
    const start = performance.now();
    const { status, body } = await caller.send(call);
    const elapsed = performance.now() - start;
    if (NO_ROUTE.includes(status)) throw new NoRouteError(`there is no POST ${call.path} yet`);
    if (status !== 200) throw new WrongAnswerError(`status ${status}: ${body.slice(0, 200)}`);
    return elapsed;
  };
}
