import { createToken, Lexer, type CustomPatternMatcherFunc, type TokenType } from 'chevrotain';

/** Chevrotain drops the `u` flag of a pattern, so patterns that need it are run here. */
function unicode(pattern: RegExp): CustomPatternMatcherFunc {
  const sticky = new RegExp(pattern, 'uy');
  return (text, offset) => {
    sticky.lastIndex = offset;
    return sticky.exec(text);
  };
}

/** Every word, keywords included: what may stand as a key after a dot. */
export const AnyWord = createToken({ name: 'AnyWord', pattern: Lexer.NA, label: 'a key' });
/** Every token that is a value by itself. */
export const Value = createToken({ name: 'Value', pattern: Lexer.NA, label: 'a value' });
/** What the grammar accepts nowhere, so that each is found at its place. */
export const Stray = createToken({
  name: 'Stray',
  pattern: unicode(/==+|&&|\|\||[^]/u),
});

export const Word = createToken({
  name: 'Word',
  pattern: unicode(/[\p{L}_][\p{L}\p{N}\p{M}_-]*/u),
  categories: AnyWord,
});

function keyword(name: string, ...categories: TokenType[]): TokenType {
  return createToken({
    name,
    label: name.toUpperCase(),
    // Without the `u` flag, which would let "ſ" pass for "s".
    pattern: new RegExp(name, 'i'),
    longer_alt: Word,
    categories: [AnyWord, ...categories],
  });
}

export const And = keyword('And');
export const Or = keyword('Or');
export const Not = keyword('Not');
export const In = keyword('In');
export const Between = keyword('Between');
export const Like = keyword('Like');
export const ILike = keyword('ILike');
export const Is = keyword('Is');
export const Null = keyword('Null');
export const True = keyword('True', Value);
export const False = keyword('False', Value);
export const NaNWord = keyword('NaN', Value);
export const Infinite = keyword('Infinity', Value);
// Words like all others, except after a subject to order by.
export const Asc = keyword('Asc', Word);
export const Desc = keyword('Desc', Word);

export const MinusInfinity = createToken({
  name: 'MinusInfinity',
  pattern: /-infinity/i,
  categories: Value,
});
/** Anything that starts like a number or a time; whether it is one is decided when it is read. */
export const Numeric = createToken({
  name: 'Numeric',
  pattern: unicode(/[+-]?\d[\p{L}\p{N}\p{M}_.:+-]*/u),
  categories: Value,
});
// Never followed by one more quote: that would be the first half of a doubled one.
export const Text = createToken({
  name: 'Text',
  pattern: unicode(/'(?:[^']|'')*'(?!')/u),
  categories: Value,
});
export const OpenText = createToken({ name: 'OpenText', pattern: unicode(/'(?:[^']|'')*/u) });
export const QuotedKey = createToken({
  name: 'QuotedKey',
  pattern: unicode(/"(?:[^"]|"")*"(?!")|`(?:[^`]|``)*`(?!`)/u),
});
export const OpenKey = createToken({
  name: 'OpenKey',
  pattern: unicode(/"(?:[^"]|"")*|`(?:[^`]|``)*/u),
});
export const Comparator = createToken({ name: 'Comparator', pattern: /<=|>=|<>|!=|<|>|=(?!=)/ });
export const Dot = createToken({ name: 'Dot', pattern: '.', label: '"."' });
export const Comma = createToken({ name: 'Comma', pattern: ',', label: '","' });
export const Open = createToken({ name: 'Open', pattern: '(', label: '"("' });
export const Close = createToken({ name: 'Close', pattern: ')', label: '")"' });
const Space = createToken({ name: 'Space', pattern: /\s+/, group: Lexer.SKIPPED });

const keywords = [And, Or, Not, In, Between, Like, ILike, Is, Null];
const values = [True, False, NaNWord, Infinite, MinusInfinity, Numeric, Text, OpenText];
const marks = [Comparator, Dot, Comma, Open, Close, QuotedKey, OpenKey];

/** All tokens; the first that fits is taken, and a longer word goes before a keyword. */
export const tokens: TokenType[] = [
  Space,
  ...marks,
  // INFINITY before IN.
  ...values,
  ...keywords,
  Asc,
  Desc,
  Word,
  Stray,
  AnyWord,
  Value,
];

/** Takes any text: what is no token is a {@link Stray}. */
export const lexer = new Lexer(tokens, { positionTracking: 'onlyOffset' });
