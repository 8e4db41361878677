import { formatTable } from '../support/table.js';
import type { Tally } from './task.js';
import type { Sightings } from './watcher.js';

/** What was seen of a service that had too much to do. */
export interface Overload {
  /** With as many clients as make the most of it. */
  readonly peak: Tally;
  /** The same once more, when it was over: on a machine that is shared, what it has to spare changes. */
  readonly peakAfter: Tally;
  readonly overload: Tally;
  readonly seen: Sightings;
  /** How long it took after the end until requests took no longer than before, in seconds. */
  readonly recovery: number;
  /** The time of a request without load, in milliseconds. */
  readonly usual: number;
  /** The CPU seconds of the service before the peak, after it, and after the overload. */
  readonly cpu: readonly number[];
  /** Resident memory after the peak, in MiB. */
  readonly residentBefore: number;
}

/** Of the peak, that has to be got done under overload. */
const GOODPUT = 0.8;
const RECOVERY_SECONDS = 5;
/** Resident memory may end this much above where it was after the first third. */
const GROWTH = 1.2;
const WARM_UP = 1 / 3;
const REFUSALS = ['429', '503'];

/** What was seen, as a table in Markdown and a few lines. */
export function report(result: Overload): string {
  const { peak, overload, peakAfter, seen, recovery, usual, residentBefore } = result;
  const row = (name: string, tally: Tally): string[] => [
    name,
    rate(offeredOf(tally), tally),
    rate(tally.statuses['200'] ?? 0, tally),
    rate(refusedOf(tally), tally),
    String(failedOf(tally)),
    tally.p50.toFixed(1),
    tally.p99.toFixed(1),
  ];
  const header = ['load', 'sent/s', '200/s', 'refused/s', 'failed', 'p50 ms', 'p99 ms'];
  const table = formatTable(header, [
    row('capacity', peak),
    row('overload', overload),
    row('capacity again', peakAfter),
  ]);
  const memory = seen.residentMiB.map((value) => value.toFixed(0));
  return [
    table,
    `goodput: ${goodputOf(result).toFixed(2)} of the peak`,
    cpuLine(result),
    `not sent, because every connection waited: ${rate(overload.unsent, overload)} a second`,
    `a refusal took ${overload.refusalP50.toFixed(1)} ms (median)`,
    `watched: ${seen.asked} questions, ${seen.unhealthy} not answered 200, the slowest took ${seen.slowestMs.toFixed(0)} ms`,
    `resident memory: ${residentBefore.toFixed(0)} MiB before, then ${memory.join(' ')}`,
    `as before (${usual.toFixed(1)} ms) after ${recovery.toFixed(1)} s`,
  ].join('\n');
}

/** A line for each budget that was broken. */
export function broken(result: Overload): string[] {
  const { overload, seen, recovery } = result;
  const lines: string[] = [];
  const goodput = goodputOf(result);
  // Not «less than»: what could not be measured keeps no budget.
  if (!(goodput >= GOODPUT)) {
    lines.push(`goodput: ${goodput.toFixed(2)} of the peak, the budget is ${GOODPUT}`);
  }
  const failed = failedOf(overload);
  if (failed > 0) lines.push(`${failed} requests were neither answered 200 nor refused`);
  if (seen.asked === 0 || seen.unhealthy > 0) {
    lines.push(`${seen.unhealthy} of ${seen.asked} questions of those that watch failed`);
  }
  if (!(recovery <= RECOVERY_SECONDS)) {
    lines.push(`as before after ${recovery.toFixed(1)} s, the budget is ${RECOVERY_SECONDS} s`);
  }
  const steady = seen.residentMiB.slice(Math.floor(seen.residentMiB.length * WARM_UP));
  const half = Math.ceil(steady.length / 2);
  const [early, late] = [Math.max(...steady.slice(0, half)), Math.max(...steady.slice(half))];
  if (late > GROWTH * early) {
    lines.push(`memory grew from ${early.toFixed(0)} to ${late.toFixed(0)} MiB`);
  }
  return lines;
}

/** Of the mean of the two peaks. */
function goodputOf({ peak, overload, peakAfter }: Overload): number {
  const successes = (tally: Tally): number => (tally.statuses['200'] ?? 0) / tally.seconds;
  return (2 * successes(overload)) / (successes(peak) + successes(peakAfter));
}

/** Says how much the machine had to spare for the service, and what a success cost. */
function cpuLine({
  peak,
  overload,
  cpu: [before = NaN, between = NaN, after = NaN],
}: Overload): string {
  const part = (tally: Tally, seconds: number): string =>
    `${(seconds / tally.seconds).toFixed(2)} cores, ${((tally.statuses['200'] ?? 0) / seconds).toFixed(0)} successes for a second of CPU`;
  return `the service took ${part(peak, between - before)}; under overload ${part(overload, after - between)}`;
}

function offeredOf({ statuses, broken: lost }: Tally): number {
  return lost + Object.values(statuses).reduce((sum, count) => sum + count, 0);
}

function refusedOf({ statuses }: Tally): number {
  return REFUSALS.reduce((sum, status) => sum + (statuses[status] ?? 0), 0);
}

function failedOf(tally: Tally): number {
  return offeredOf(tally) - (tally.statuses['200'] ?? 0) - refusedOf(tally);
}

function rate(count: number, { seconds }: Tally): string {
  return (count / seconds).toFixed(0);
}
