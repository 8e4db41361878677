import { formatTable } from '../support/table.js';
import type { Result } from './run-case.js';

/** The large data set may take this much longer than the small one. */
const GROWTH_BUDGET = 1.5;
/** Of the requests that the hand-written program answers, so many. */
const FLOOR_TARGET = 0.85;

const HEADER = ['case', '1M ms', '100k ms', '1M / 100k', 'floor ms', 'of the floor'];

/** The table, in Markdown. */
export function formatResults(results: readonly Result[]): string {
  const rows = results.map((result) => [
    result.name,
    result.failure ?? decimal(result.large),
    decimal(result.small),
    decimal(growth(result)),
    decimal(result.floor),
    decimal(ofTheFloor(result)),
  ]);
  return formatTable(HEADER, rows);
}

/** A line for each case that failed or grew too much. */
export function brokenBudgets(results: readonly Result[]): string[] {
  return results.flatMap((result) => {
    const { name, failure, grows } = result;
    if (failure !== undefined) return [`${name}: ${failure}`];
    const times = growth(result);
    if (grows || times === undefined || times <= GROWTH_BUDGET) return [];
    return [`${name}: ${decimal(times)} times the time at 100k, the budget is ${GROWTH_BUDGET}`];
  });
}

/** A line for each case in which the hand-written program is better than it should be; it breaks nothing. */
export function belowTheFloor(results: readonly Result[]): string[] {
  return results.flatMap((result) => {
    const share = ofTheFloor(result);
    if (share === undefined || share >= FLOOR_TARGET) return [];
    return [`${result.name}: ${decimal(share)} of the floor, the target is ${FLOOR_TARGET}`];
  });
}

function growth({ large, small }: Result): number | undefined {
  return large === undefined || small === undefined ? undefined : large / small;
}

function ofTheFloor({ large, floor }: Result): number | undefined {
  return large === undefined || floor === undefined ? undefined : floor / large;
}

function decimal(value: number | undefined): string {
  return value === undefined ? '–' : value.toFixed(2);
}
