/** What follows the seconds, by how much of it PostgreSQL has left out. */
const FRACTIONS = ['', '0', '00', '000', '0000', '00000', '000000', '.000000'];
/** `2026-01-02 03:04:05.880000+00` */
const LONGEST = 29;
const DATE_LENGTH = 10;

/**
 * `2026-01-02 03:04:05.88+00` as ISO 8601: `2026-01-02T03:04:05.880000Z`. Always six digits, as PostgreSQL keeps them: so
 * times sort as text, and readers that accept only three or six digits can read them. All connections speak UTC.
 */
export function isoTimestamp(text: string): string {
  const rest = FRACTIONS[LONGEST - text.length];
  // Times that ISO 8601 cannot write: infinity, before our era, or after the year 9999.
  if (rest === undefined || text[DATE_LENGTH] !== ' ' || !text.endsWith('+00')) return text;
  return `${text.slice(0, DATE_LENGTH)}T${text.slice(DATE_LENGTH + 1, -3)}${rest}Z`;
}
