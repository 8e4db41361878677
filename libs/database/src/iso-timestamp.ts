const UTC = '+00';

/**
 * `2026-01-02 03:04:05.88+00` as ISO 8601: `2026-01-02T03:04:05.880000Z`. Always six digits, as PostgreSQL keeps them: so
 * times sort as text, and readers that accept only three or six digits can read them. All connections speak UTC.
 */
export function isoTimestamp(text: string): string {
  // Times that ISO 8601 cannot write: infinity, or before our era.
  if (!text.endsWith(UTC)) return text;
  const time = text.slice(0, -UTC.length).replace(' ', 'T');
  const point = time.indexOf('.');
  return point < 0 ? `${time}.000000Z` : `${time.padEnd(point + 7, '0')}Z`;
}
