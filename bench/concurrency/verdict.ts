/** What was seen at one moment. */
export interface Sample {
  readonly seconds: number;
  readonly residentMiB: number;
  readonly connections: number;
}

/** Resident memory may end this much above where it was after the warm-up. */
const GROWTH = 1.2;
/** The first third is the warm-up: V8 compiles, the pool fills, prepared statements are made. */
const WARM_UP = 1 / 3;

/** A line for each thing that was not flat. */
export function unsteady(samples: readonly Sample[], poolSize: number): string[] {
  const steady = samples.slice(Math.floor(samples.length * WARM_UP));
  const half = Math.floor(steady.length / 2);
  const before = highest(steady.slice(0, half).map(({ residentMiB }) => residentMiB));
  const after = highest(steady.slice(half).map(({ residentMiB }) => residentMiB));
  const connections = highest(samples.map((sample) => sample.connections));
  const lines: string[] = [];
  if (after > before * GROWTH) {
    lines.push(`memory grew from ${before.toFixed(0)} to ${after.toFixed(0)} MiB`);
  }
  if (connections > poolSize) {
    lines.push(`${connections} connections, more than the pools of ${poolSize}`);
  }
  return lines;
}

function highest(values: readonly number[]): number {
  return Math.max(...values);
}
