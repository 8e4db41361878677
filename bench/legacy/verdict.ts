import type { Planted } from './old-rows.js';
import type { Imported } from './run-import.js';

const EXPERIMENTS_A_SECOND = 5000;

/** @returns a line for all that is not as it has to be after the first import */
export function judgeFirst(
  { seconds, exit, defects, summary }: Imported,
  planted: readonly Planted[],
): string[] {
  const broken: string[] = [];
  const [told, expected] = [defects.map(nameOf).sort(), planted.map(nameOf).sort()];
  for (const name of missingIn(told, expected)) broken.push(`not told of: ${name}`);
  for (const name of missingIn(expected, told)) broken.push(`told of, but sound: ${name}`);
  const expectedExit = planted.length > 0 ? 1 : 0;
  if (exit !== expectedExit) broken.push(`the exit code is ${exit}, not ${expectedExit}`);
  const rate = summary.experiment.read / seconds;
  if (!(rate >= EXPERIMENTS_A_SECOND)) {
    broken.push(`${rate.toFixed(0)} experiments a second, the budget is ${EXPERIMENTS_A_SECOND}`);
  }
  return broken;
}

/** @returns a line for all that a second import has changed, or has seen otherwise */
export function judgeSecond({ summary: first }: Imported, { summary: second }: Imported): string[] {
  return (['project', 'model', 'experiment'] as const).flatMap((kind) => {
    const { imported, present, left_out: leftOut } = second[kind];
    const isSame =
      imported === 0 && present === first[kind].imported && leftOut === first[kind].left_out;
    return isSame ? [] : [`the second run differs: ${kind}: ${JSON.stringify(second[kind])}`];
  });
}

function nameOf({ kind, id, problem }: Planted): string {
  return `${kind} ${String(id)}: ${problem}`;
}

/** What is in `all` more often than in `some`; both sorted. */
function missingIn(some: readonly string[], all: readonly string[]): string[] {
  let at = 0;
  return all.filter((name) => {
    while ((some[at] ?? '\uffff') < name) at += 1;
    if (some[at] !== name) return true;
    at += 1;
    return false;
  });
}
