import { tokenMatcher, type IToken } from 'chevrotain';
import { queryLimits } from '../limits.js';
import type { Literal } from '../filter.types.js';
import { isoTime } from './iso-time.js';
import { show, unquote } from './show.js';
import type { Source } from './source.js';
import { False, Infinite, MinusInfinity, NaNWord, Text, True } from './tokens.js';

const NUMBER = /^-?(\d+)(?:\.(\d+))?(?:e([+-]?\d+))?$/i;
const LIKE_A_TIME = /^\d+-\d/;
const TIME_HINT = 'a time is a day that exists, as in 2026-01-31 or 2026-01-31T10:00:00.123456Z';
const VALUE_HINT = 'numbers look like 5, -0.25 or 1e-3, times like 2026-01-31T10:00:00Z';

/**
 * Reads a value token.
 * @throws CodedError when it is neither a number nor a time, but looks like one
 */
export function readLiteral(token: IToken, source: Source): Literal {
  if (tokenMatcher(token, Text)) return { type: 'string', text: unquote(token.image) };
  if (tokenMatcher(token, True)) return { type: 'boolean', value: true };
  if (tokenMatcher(token, False)) return { type: 'boolean', value: false };
  if (tokenMatcher(token, NaNWord)) return { type: 'number', text: 'NaN' };
  if (tokenMatcher(token, Infinite)) return { type: 'number', text: 'Infinity' };
  if (tokenMatcher(token, MinusInfinity)) return { type: 'number', text: '-Infinity' };
  if (LIKE_A_TIME.test(token.image)) return time(token.image, token, source);
  return number(token, source);
}

/** A value for a time column: text is read as a time, too. */
export function readTimeLiteral(token: IToken, source: Source): Literal {
  const literal = readLiteral(token, source);
  return literal.type === 'string' ? time(literal.text, token, source) : literal;
}

function time(text: string, token: IToken, source: Source): Literal {
  const iso = isoTime(text);
  if (iso !== undefined) return { type: 'time', text: iso };
  throw source.error({
    expected: 'a time',
    offset: token.startOffset,
    but: `found ${show(token)}`,
    hint: TIME_HINT,
  });
}

function number(token: IToken, source: Source): Literal {
  const parts = NUMBER.exec(token.image);
  const found = { offset: token.startOffset, but: `found ${show(token)}` };
  if (!parts) throw source.error({ expected: 'a value', ...found, hint: VALUE_HINT });
  const [, whole = '', fraction = '', exponent = '0'] = parts;
  const shift = Number(exponent);
  const digits = Math.max(whole.length + shift, 1) + Math.max(fraction.length - shift, 0);
  if (digits > queryLimits.numberDigits) {
    const most = String(queryLimits.numberDigits);
    throw source.error({ expected: `a number of at most ${most} digits, written out,`, ...found });
  }
  return { type: 'number', text: token.image };
}
