import type { Call, Caller } from '../support/caller.js';
import { median } from '../support/median.js';
import { send } from './walk.js';

/** How long it is measured: each contestant gets `rounds` turns of about `seconds`. */
export interface Effort {
  readonly rounds: number;
  readonly seconds: number;
}

/** One of the programs that are compared, and what it is asked. */
export interface Contestant {
  readonly caller: Caller;
  readonly call: Call;
}

/** Enough for PostgreSQL to settle on a plan (it tries five others first) and for V8 to compile what is hot. */
const WARM_UP_REQUESTS = 30;
const FEWEST_REQUESTS = 5;

/**
 * The milliseconds a request takes, for each contestant: the median of its rounds. They take turns, so that whatever else
 * the machine is doing, now more, now less, slows down all of them.
 */
export async function measure(
  contestants: readonly Contestant[],
  { rounds, seconds }: Effort,
): Promise<number[]> {
  for (const contestant of contestants) await warmUp(contestant, seconds);
  const times: number[][] = contestants.map(() => []);
  for (let round = 0; round < rounds; round += 1) {
    for (const [at, contestant] of contestants.entries()) {
      times[at]?.push(await oneRound(contestant, seconds));
    }
  }
  return times.map(median);
}

async function warmUp({ caller, call }: Contestant, seconds: number): Promise<void> {
  const end = performance.now() + 1000 * seconds;
  for (let sent = 0; sent < WARM_UP_REQUESTS; sent += 1) {
    await send(caller, call);
    if (performance.now() > end && sent >= FEWEST_REQUESTS) return;
  }
}

async function oneRound({ caller, call }: Contestant, seconds: number): Promise<number> {
  const start = performance.now();
  let sent = 0;
  let elapsed = 0;
  while (elapsed < 1000 * seconds || sent < FEWEST_REQUESTS) {
    await send(caller, call);
    sent += 1;
    elapsed = performance.now() - start;
  }
  return elapsed / sent;
}
