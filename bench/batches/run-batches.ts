import type { Effort } from '../hot/run-case.js';
import { WrongAnswerError } from '../support/caller.js';
import { median } from '../support/median.js';
import type { BatchCase, BatchField } from './cases.js';
import { NoRouteError, type Contestant } from './contestant.js';

/** What was measured, in rows a second: medians of the rounds. */
export interface BatchResult {
  readonly name: string;
  readonly modelDb?: number;
  readonly copy?: number;
  /** The median of what it was in each round. */
  readonly ratio?: number;
  /** Why nothing was measured, and that is all right. */
  readonly skipped?: string;
  /** Why nothing was measured. */
  readonly failure?: string;
}

const FEWEST_BATCHES = 2;

/** Measures one kind of batch: one after the other over one connection, Model DB and COPY in turn. */
export async function runBatches(
  { name, rows, enter }: BatchCase,
  field: BatchField,
  { rounds, seconds }: Effort,
): Promise<BatchResult> {
  try {
    const { modelDb, copy } = await enter(field);
    for (const contestant of [modelDb, copy]) await rowsPerSecond(contestant, rows, seconds / 2);
    const done: { readonly modelDb: number; readonly copy: number }[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const first = await rowsPerSecond(round % 2 === 0 ? modelDb : copy, rows, seconds);
      const second = await rowsPerSecond(round % 2 === 0 ? copy : modelDb, rows, seconds);
      done.push(
        round % 2 === 0 ? { modelDb: first, copy: second } : { modelDb: second, copy: first },
      );
    }
    return {
      name,
      modelDb: median(done.map((round) => round.modelDb)),
      copy: median(done.map((round) => round.copy)),
      ratio: median(done.map((round) => round.modelDb / round.copy)),
    };
  } catch (error) {
    if (error instanceof NoRouteError) return { name, skipped: error.message };
    if (error instanceof WrongAnswerError) return { name, failure: error.message };
    throw error;
  }
}

async function rowsPerSecond(
  contestant: Contestant,
  rows: number,
  seconds: number,
): Promise<number> {
  let milliseconds = 0;
  let batches = 0;
  while (milliseconds < 1000 * seconds || batches < FEWEST_BATCHES) {
    milliseconds += await contestant();
    batches += 1;
  }
  return (1000 * batches * rows) / milliseconds;
}
