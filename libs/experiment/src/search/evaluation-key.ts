import type { Subject } from '#query';

/** Longer paths are not in the index of numbers. */
const MAX_BYTES = 255;

/**
 * The key under which the index of numbers holds what the subject names; absent where the index does not hold it.
 * The database writes keys in the same way: see `numeric_leaves`.
 */
export function evaluationKey({ path }: Subject): string | undefined {
  const [document, ...keys] = path;
  if (document === 'metrics') return metricKey(keys);
  if (document !== 'evaluations' || keys.length === 0) return undefined;
  const key = keys.map(escaped).join('.');
  return Buffer.byteLength(key) <= MAX_BYTES ? key : undefined;
}

/** What is kept of a metric is held under a key that no evaluation has: see `metric_numbers`. */
function metricKey([metric, aspect]: readonly string[]): string | undefined {
  if (metric === undefined || aspect === undefined) return undefined;
  return `\\m${escaped(metric)}.${aspect}`;
}

function escaped(step: string): string {
  return step.replace(/[\\.]/g, '\\$&');
}
