/** A value for a `$n`: text (JSON documents too), true or false, a list of texts or of numbers, or absent. */
export type Value = string | boolean | readonly (string | number | null)[] | null;

/** What needs no quotes in an array, which is written and read faster: numbers, times, ids, and words but this one. */
const PLAIN = /^(?!null$)[-+.:\w]+$/i;

/** As PostgreSQL reads it. */
export function wireValue(value: Value): string | null {
  if (typeof value === 'string' || value === null) return value;
  return typeof value === 'boolean' ? String(value) : arrayText(value);
}

function arrayText(values: readonly (string | number | null)[]): string {
  const items = values.map((value) => {
    if (typeof value !== 'string') return value ?? 'NULL';
    return PLAIN.test(value) ? value : `"${value.replace(/["\\]/g, '\\$&')}"`;
  });
  return `{${items.join(',')}}`;
}
