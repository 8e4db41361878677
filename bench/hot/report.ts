import { formatTable } from '../support/table.js';
import type { HotResult } from './run-case.js';

/** What Model DB is compared with, and how many of its requests it is to answer. */
export interface Comparison {
  readonly reference: string;
  readonly budget: number;
}

export const WITH_FLOOR: Comparison = { reference: 'floor', budget: 0.85 };
/** Who calls is found out for next to nothing. */
export const WITH_OPEN: Comparison = { reference: 'open', budget: 0.95 };

const headerOf = ({ reference }: Comparison) => [
  'case',
  'connections',
  'Model DB req/s',
  'p50 ms',
  'p99 ms',
  `${reference} req/s`,
  'p50 ms',
  'p99 ms',
  'ratio',
];

/** The table, in Markdown. */
export function formatHotResults(results: readonly HotResult[], comparison: Comparison): string {
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
  return formatTable(headerOf(comparison), rows);
}

/** A line for each case that failed, or that is too far from the floor. */
export function brokenHotBudgets(
  results: readonly HotResult[],
  { reference, budget }: Comparison,
): string[] {
  return results.flatMap(({ name, connections, ratio, failure }) => {
    if (failure !== undefined) return [`${name}: ${failure}`];
    if (ratio !== undefined && ratio >= budget) return [];
    const measured = `${decimal(ratio, 2)} of the requests a second of ${reference}`;
    return [
      `${name}, ${decimal(connections, 0)} connections: ${measured}, the budget is ${budget}`,
    ];
  });
}

function decimal(value: number | undefined, digits: number): string {
  return value === undefined ? '–' : value.toFixed(digits);
}
