import { queryLimits } from '../limits.js';
import type { Source } from './source.js';

const UNSTORABLE = /\0|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;

/** @throws CodedError when the text is too long to be read, or holds what PostgreSQL has no text for */
export function checkText(source: Source): void {
  const { text } = source;
  const { characters } = queryLimits;
  // A code point has two code units at most: only as much of the text is looked at as may be allowed.
  if (
    text.length > characters &&
    Array.from(text.slice(0, 2 * characters + 1)).length > characters
  ) {
    throw source.error({
      expected: `at most ${String(characters)} characters`,
      offset: offsetOfCharacter(text, characters),
      but: 'the text goes on',
    });
  }
  const { index } = UNSTORABLE.exec(text) ?? {};
  if (index !== undefined) {
    const what = text[index] === '\0' ? 'a NUL character' : 'half a surrogate pair';
    throw source.error({
      expected: 'text that can be stored',
      offset: index,
      but: `found ${what}`,
    });
  }
}

function offsetOfCharacter(text: string, index: number): number {
  return Array.from(text.slice(0, 2 * index))
    .slice(0, index)
    .join('').length;
}
