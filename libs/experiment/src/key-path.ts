/** What needs no quotes in the query language. */
const PLAIN = /^[\p{L}_][\p{L}\p{N}\p{M}_-]*$/u;

/** Writes the way to a value as the query language does: `optimizer.lr`, `"F1 score"`. */
export function keyPath(steps: readonly string[]): string {
  return steps
    .map((step) => (PLAIN.test(step) ? step : `"${step.replaceAll('"', '""')}"`))
    .join('.');
}

/** The keys that an indexed path (`val.accuracy`, `a\.b`) leads through; a dot or a backslash in a key is escaped in it. */
export function stepsOfIndexedKey(path: string): string[] {
  const steps = [''];
  for (const [text, escaped] of path.matchAll(/\\(.)|\.|[^\\.]+/gsu)) {
    if (text === '.') steps.push('');
    else steps.push((steps.pop() ?? '') + (escaped ?? text));
  }
  return steps;
}
