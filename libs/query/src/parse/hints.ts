import { tokenMatcher, type IToken } from 'chevrotain';
import { endOf, shorten, unquote } from './show.js';
import { Dot, Null, Numeric, OpenKey, QuotedKey, Stray, Text, Word } from './tokens.js';

const INSTEAD: Readonly<Record<string, string>> = {
  '==': 'equality is written "="',
  '&&': 'write AND',
  '||': 'write OR',
  '!': 'write NOT',
};
const QUOTE_KEYS = 'a key that is not a plain word stands in double quotes, as in "F1 score"';

/** What people coming from other languages get wrong, and how it is written here. */
export function hint(
  expected: string,
  found: IToken,
  previous: IToken | undefined,
): string | undefined {
  if (Object.hasOwn(INSTEAD, found.image)) return INSTEAD[found.image];
  if (expected.includes('a key')) return tokenMatcher(found, OpenKey) ? undefined : QUOTE_KEYS;
  if (expected === 'a value') return valueHint(found, previous);
  if (expected.startsWith('a pattern')) return inSingleQuotes(found);
  if (previous === undefined || endOf(previous) !== found.startOffset) return undefined;
  if (tokenMatcher(previous, Text)) return "a single quote inside text is doubled, as in 'it''s'";
  const isPartOfKey = expected.startsWith('an operator') && tokenMatcher(found, Stray);
  return isPartOfKey ? QUOTE_KEYS : undefined;
}

function valueHint(found: IToken, previous: IToken | undefined): string | undefined {
  if (tokenMatcher(found, Null)) {
    return previous?.image === '=' ? 'use IS NULL' : 'use IS NULL or IS NOT NULL';
  }
  if (tokenMatcher(found, Dot)) return 'a number starts with a digit, as in 0.5';
  return inSingleQuotes(found);
}

function inSingleQuotes(found: IToken): string | undefined {
  const isKey = tokenMatcher(found, QuotedKey);
  if (!isKey && !tokenMatcher(found, Word) && !tokenMatcher(found, Numeric)) return undefined;
  const text = isKey ? unquote(found.image) : found.image;
  return `put text in single quotes, as in '${shorten(text.replaceAll("'", "''"))}'`;
}
