/** What a measurement of Model DB alone says, and whether it is more than it may be. */
export interface Verdict {
  readonly line: string;
  readonly broken?: string;
}

const MEMORY_BUDGET_MIB = 200;
const STARTUP_BUDGET_MS = 2000;

/** What was seen while all experiments were streamed. */
export interface Streamed {
  readonly rows: number;
  /** How many there are. */
  readonly expected: number;
  readonly bytes: number;
  readonly seconds: number;
  readonly peakMiB: number;
}

export function judgeStreaming(streamed: Streamed): Verdict {
  const { rows, expected, bytes, seconds, peakMiB } = streamed;
  const line =
    `streaming: ${rows} experiments, ${(bytes / 2 ** 20).toFixed(0)} MiB in ${seconds.toFixed(1)} s, ` +
    `at most ${peakMiB.toFixed(0)} MiB of resident memory`;
  if (rows !== expected) return { line, broken: `streaming: ${rows} experiments of ${expected}` };
  // Not «more than»: a number that could not be read keeps no budget.
  if (peakMiB <= MEMORY_BUDGET_MIB) return { line };
  const broken = `streaming: ${peakMiB.toFixed(0)} MiB, the budget is ${MEMORY_BUDGET_MIB}`;
  return { line, broken };
}

/** @param times - the milliseconds of each start, of which `middle` is the median */
export function judgeStartup(times: readonly number[], middle: number): Verdict {
  const all = times.map((time) => time.toFixed(0)).join(', ');
  const line = `startup: ready after ${middle.toFixed(0)} ms, the median of ${all}`;
  if (middle <= STARTUP_BUDGET_MS) return { line };
  return { line, broken: `startup: ${middle.toFixed(0)} ms, the budget is ${STARTUP_BUDGET_MS}` };
}
