import {
  tokenLabel,
  tokenMatcher,
  type IParserErrorMessageProvider,
  type IRecognitionException,
  type IToken,
} from 'chevrotain';
import type { CodedError } from '#errors';
import { hint } from './hints.js';
import { endOf, show } from './show.js';
import type { Source } from './source.js';
import { OpenKey, OpenText } from './tokens.js';

/** Makes the message of a parser's error just what was expected; {@link syntaxError} writes the sentence around it. */
export const expectations: IParserErrorMessageProvider = {
  buildMismatchTokenMessage: ({ expected }) => tokenLabel(expected),
  buildNoViableAltMessage: ({ customUserDescription }) => customUserDescription ?? '',
  buildEarlyExitMessage: ({ customUserDescription }) => customUserDescription ?? '',
  buildNotAllInputParsedMessage: () => 'the end',
};

/** Tells what the parser expected, where, and what it found instead. */
export function syntaxError(
  { message, token: found }: IRecognitionException,
  tokens: readonly IToken[],
  source: Source,
): CodedError {
  const index = tokens.indexOf(found);
  const isEnd = index < 0;
  const previous = isEnd ? tokens.at(-1) : tokens[index - 1];
  const expected = previous ? `${message} after ${show(previous)}` : message;
  if (isEnd) {
    const offset = previous ? endOf(previous) : 0;
    return source.error({ expected, offset, but: theEnd(previous) });
  }
  return source.error({
    expected,
    offset: found.startOffset,
    but: foundText(found),
    hint: hint(message, found, previous),
  });
}

function theEnd(last: IToken | undefined): string {
  return last ? 'the text ends there' : 'the text is empty';
}

function foundText(token: IToken): string {
  const isOpen = tokenMatcher(token, OpenText) || tokenMatcher(token, OpenKey);
  return isOpen ? `the quote that opens there is never closed` : `found ${show(token)}`;
}
