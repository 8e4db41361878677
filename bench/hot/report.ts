import { formatTable } from '../support/table.js';
import type { HotResult } from './run-case.js';

/** Of the requests that the hand-written program answers, so many. */
const BUDGET = 0.85;

const HEADER = [
  'case',
  'connections',
  'Model DB req/s',
  'p50 ms',
  'p99 ms',
  'floor req/s',
  'p50 ms',
  'p99 ms',
  'ratio',
];

/** The table, in Markdown. */
export function formatHotResults(results: readonly HotResult[]): string {
  const rows = results.map(({ name, connections, modelDb, floor, ratio, failure }) => [
    name,
    failure === undefined ? decimal(connections, 0) : 'failed',
    decimal(modelDb?.requestsPerSecond, 0),
    decimal(modelDb?.p50, 2),
    decimal(modelDb?.p99, 2),
    decimal(floor?.requestsPerSecond, 0),
    decimal(floor?.p50, 2),
    decimal(floor?.p99, 2),
    decimal(ratio, 2),
  ]);
  return formatTable(HEADER, rows);
}

/** A line for each case that failed, or that is too far from the floor. */
export function brokenHotBudgets(results: readonly HotResult[]): string[] {
  return results.flatMap(({ name, connections, ratio, failure }) => {
    if (failure !== undefined) return [`${name}: ${failure}`];
    if (ratio !== undefined && ratio >= BUDGET) return [];
    const measured = `${decimal(ratio, 2)} of the floor's requests a second`;
    return [
      `${name}, ${decimal(connections, 0)} connections: ${measured}, the budget is ${BUDGET}`,
    ];
  });
}

function decimal(value: number | undefined, digits: number): string {
  return value === undefined ? '–' : value.toFixed(digits);
}
