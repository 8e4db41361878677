import { tokenMatcher, type IToken } from 'chevrotain';
import { OpenKey, OpenText, QuotedKey, Text } from './tokens.js';

const LONGEST = 40;

/** A text for an error message, cut where it is long. */
export function shorten(text: string): string {
  // Never more than two code units are one character.
  const characters = Array.from(text.slice(0, 2 * LONGEST + 2));
  return characters.length > LONGEST ? `${characters.slice(0, LONGEST).join('')}…` : text;
}

/** A token for an error message: in quotes, unless it brings its own. */
export function show(token: IToken): string {
  const quoted = [Text, OpenText, QuotedKey, OpenKey].some((type) => tokenMatcher(token, type));
  const text = shorten(token.image);
  return quoted ? text : `"${text}"`;
}

/** The text inside quotes, where a doubled quote stands for one. */
export function unquote(image: string): string {
  const quote = image.charAt(0);
  return image.slice(1, -1).replaceAll(quote + quote, quote);
}

/** The offset behind a token. */
export function endOf(token: IToken): number {
  return token.startOffset + token.image.length;
}
