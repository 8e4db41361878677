import { formatTable } from '../support/table.js';
import type { BatchResult } from './run-batches.js';

/** Of the rows that COPY writes, so many. */
const BUDGET = 0.5;

const HEADER = ['batch', 'Model DB rows/s', 'COPY rows/s', 'ratio'];

/** The table, in Markdown. */
export function formatBatchResults(results: readonly BatchResult[]): string {
  const rows = results.map(({ name, modelDb, copy, ratio, skipped, failure }) => [
    name,
    skipped === undefined && failure === undefined ? decimal(modelDb, 0) : 'none',
    decimal(copy, 0),
    decimal(ratio, 2),
  ]);
  return formatTable(HEADER, rows);
}

/** A line for each batch that could not be measured, and that need not be. */
export function skippedBatches(results: readonly BatchResult[]): string[] {
  return results.flatMap(({ name, skipped }) =>
    skipped === undefined ? [] : [`${name}: ${skipped}`],
  );
}

/** A line for each batch that failed or was too slow. */
export function brokenBatchBudgets(results: readonly BatchResult[]): string[] {
  return results.flatMap(({ name, ratio, skipped, failure }) => {
    if (skipped !== undefined) return [];
    if (failure !== undefined) return [`${name}: ${failure}`];
    if (ratio !== undefined && ratio >= BUDGET) return [];
    return [`${name}: ${decimal(ratio, 2)} of COPY's rows a second, the budget is ${BUDGET}`];
  });
}

function decimal(value: number | undefined, digits: number): string {
  return value === undefined ? '–' : value.toFixed(digits);
}
