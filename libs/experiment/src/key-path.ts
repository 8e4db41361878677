/** What needs no quotes in the query language. */
const PLAIN = /^[\p{L}_][\p{L}\p{N}\p{M}_-]*$/u;

/** Writes the way to a value as the query language does: `optimizer.lr`, `"F1 score"`. */
export function keyPath(steps: readonly string[]): string {
  return steps
    .map((step) => (PLAIN.test(step) ? step : `"${step.replaceAll('"', '""')}"`))
    .join('.');
}
