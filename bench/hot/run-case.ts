import type { LoadGenerator } from '../load/load-generator.js';
import type { Outcome } from '../load/turn.js';
import { WrongAnswerError, type Caller } from '../support/caller.js';
import { median } from '../support/median.js';
import type { HotCase } from './cases.js';
import { requireSameAnswer } from './same-answer.js';
import type { Stock } from './stock.js';

const CONNECTIONS = [1, 16, 64] as const;
/** All connections to PostgreSQL get used, each often enough for PostgreSQL to settle on a plan. */
const WARM_UP_CONNECTIONS = 16;
/** Until a program is compiled as it stays: in its first seconds a request takes twice as long. */
const WARM_UP_SECONDS = 8;

/** How long it is measured: each contestant gets `rounds` turns of about `seconds` in each case. */
export interface Effort {
  readonly rounds: number;
  readonly seconds: number;
}

/** The programs that are compared, on the same database. */
export interface HotField {
  readonly modelDb: Caller;
  /** What it is compared with. */
  readonly floor: Caller;
  readonly stock: Stock;
  readonly load: LoadGenerator;
}

/** What was measured: medians of the rounds. */
export interface HotResult {
  readonly name: string;
  readonly connections?: number;
  readonly modelDb?: Outcome;
  readonly floor?: Outcome;
  /** Of the floor's requests a second: the median of what it was in each round. */
  readonly ratio?: number;
  /** Why nothing was measured. */
  readonly failure?: string;
}

/** Measures a case with each number of connections; what cannot be measured is a result as well. */
export async function runHotCase(
  one: HotCase,
  field: HotField,
  effort: Effort,
): Promise<HotResult[]> {
  const { name } = one;
  const results: HotResult[] = [];
  try {
    await requireSameAnswer(one, field.stock, field.modelDb, field.floor);
    const take = turns(one, field);
    for (const contestant of ['modelDb', 'floor'] as const) {
      await take(contestant, WARM_UP_CONNECTIONS, WARM_UP_SECONDS);
    }
    for (const connections of CONNECTIONS) {
      const rounds = await alternate((who) => take(who, connections, effort.seconds), effort);
      results.push({ name, connections, ...summary(rounds) });
    }
  } catch (error) {
    if (!(error instanceof WrongAnswerError)) throw error;
    results.push({ name, failure: error.message });
  }
  return results;
}

type Contestant = 'modelDb' | 'floor';
type Round = Readonly<Record<Contestant, Outcome>>;

/** Lets a contestant take a turn; an answer that is no success ends the case. */
function turns(one: HotCase, field: HotField) {
  const calls = one.calls(field.stock);
  const { keyed = false } = one;
  return async (who: Contestant, connections: number, seconds: number): Promise<Outcome> => {
    const { url, headers } = field[who];
    const outcome = await field.load.take({ url, headers, connections, seconds, calls, keyed });
    if (outcome.failure === undefined) return outcome;
    throw new WrongAnswerError(`${who}, ${connections} connections: ${outcome.failure}`);
  };
}

/** In every second round the other one begins: what only ever grows, as a table does, favours neither. */
async function alternate(
  take: (who: Contestant) => Promise<Outcome>,
  { rounds }: Effort,
): Promise<Round[]> {
  const done: Round[] = [];
  for (let round = 0; round < rounds; round += 1) {
    if (round % 2 === 0) {
      const modelDb = await take('modelDb');
      done.push({ modelDb, floor: await take('floor') });
    } else {
      const floor = await take('floor');
      done.push({ modelDb: await take('modelDb'), floor });
    }
  }
  return done;
}

/** The medians of the rounds. */
export function summary(rounds: readonly Round[]): Required<Pick<HotResult, Contestant | 'ratio'>> {
  const medians = (who: Contestant): Outcome => ({
    requestsPerSecond: median(rounds.map((round) => round[who].requestsPerSecond)),
    p50: median(rounds.map((round) => round[who].p50)),
    p99: median(rounds.map((round) => round[who].p99)),
  });
  const ratio = median(
    rounds.map(({ modelDb, floor }) => modelDb.requestsPerSecond / floor.requestsPerSecond),
  );
  return { modelDb: medians('modelDb'), floor: medians('floor'), ratio };
}
