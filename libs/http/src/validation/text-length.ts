/** Whether the value is a string of at most `max` characters, counted as PostgreSQL counts them: in code points. */
export function hasLength(value: unknown, max: number): value is string {
  if (typeof value !== 'string') return false;
  if (value.length <= max) return true;
  // A code point takes one or two UTF-16 units: only in between does it have to be counted.
  return value.length <= 2 * max && Array.from(value).length <= max;
}
