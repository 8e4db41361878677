import { describe, expect, it } from '@jest/globals';
import { CodedError } from '#errors';
import { parseFilter } from '#query';
import { recordFields as fields } from '../support/query/record.js';

/** The error that a filter is refused with. */
function refusal(text: string): CodedError {
  try {
    parseFilter(text, fields);
  } catch (error) {
    if (error instanceof CodedError) return error;
    throw error;
  }
  throw new Error(`${text} is not refused.`);
}

const FIELDS = 'expected one of the fields name, version, created, parameters, evaluations';
const OPERATOR = 'expected an operator (=, !=, <, <=, >, >=, IN, BETWEEN, LIKE, ILIKE, NOT or IS)';
const QUOTE_KEYS = 'a key that is not a plain word stands in double quotes, as in "F1 score"';
const VALUES = 'numbers look like 5, -0.25 or 1e-3, times like 2026-01-31T10:00:00Z';
const TIMES = 'a time is a day that exists, as in 2026-01-31 or 2026-01-31T10:00:00.123456Z';

describe('the errors of a filter', () => {
  it('are one validation problem of the field, with a stable code', () => {
    const message = 'expected a value after ">=" at line 1, column 24, but the text ends there';
    expect(refusal('evaluations.accuracy >=  ')).toMatchObject({
      kind: 'invalid',
      code: 'INVALID_FILTER',
      message: `where: ${message}.`,
      fields: [{ path: 'where', message }],
    });
  });

  it.each([
    // Structure
    ['', 'expected a field, NOT or "(" at line 1, column 1, but the text is empty'],
    [' \n ', 'expected a field, NOT or "(" at line 1, column 1, but the text is empty'],
    ['AND', 'expected a field, NOT or "(" at line 1, column 1, but found "AND"'],
    [
      'NOT',
      'expected a field, NOT or "(" after "NOT" at line 1, column 4, but the text ends there',
    ],
    [
      'name IS NULL AND',
      'expected a field, NOT or "(" after "AND" at line 1, column 17, but the text ends there',
    ],
    [
      'name IS NULL AND OR',
      'expected a field, NOT or "(" after "AND" at line 1, column 18, but found "OR"',
    ],
    ['1 = name', 'expected a field, NOT or "(" at line 1, column 1, but found "1"'],
    [
      '(name IS NULL',
      'expected AND, OR or ")" after "NULL" at line 1, column 14, but the text ends there',
    ],
    [
      'name IS NULL)',
      'expected AND, OR or the end after "NULL" at line 1, column 13, but found ")"',
    ],
    [
      'name IS NULL version',
      'expected AND, OR or the end after "NULL" at line 1, column 14, but found "version"',
    ],
    [
      'name IS NULL;',
      'expected AND, OR or the end after "NULL" at line 1, column 13, but found ";"',
    ],
    [
      'name IS NULL && name',
      'expected AND, OR or the end after "NULL" at line 1, column 14, but found "&&": write AND',
    ],
    [
      'name IS NULL || name',
      'expected AND, OR or the end after "NULL" at line 1, column 14, but found "||": write OR',
    ],
    [
      '! name IS NULL',
      'expected a field, NOT or "(" at line 1, column 1, but found "!": write NOT',
    ],
    [
      'name IS NULL AND\n  🌱 = 1',
      'expected a field, NOT or "(" after "AND" at line 2, column 3, but found "🌱"',
    ],
    // Subjects
    ['foo = 1', `${FIELDS} at line 1, column 1, but found "foo"`],
    ['Version = 1', `${FIELDS} at line 1, column 1, but found "Version": did you mean version?`],
    ['params.x = 1', `${FIELDS} at line 1, column 1, but found "params"`],
    ['param.x = 1', `${FIELDS} at line 1, column 1, but found "param": did you mean parameters?`],
    [
      'evalutions.x = 1',
      `${FIELDS} at line 1, column 1, but found "evalutions": did you mean evaluations?`,
    ],
    ['constructor = 1', `${FIELDS} at line 1, column 1, but found "constructor"`],
    ['__proto__.x = 1', `${FIELDS} at line 1, column 1, but found "__proto__"`],
    [`${'x'.repeat(50)} = 1`, `${FIELDS} at line 1, column 1, but found "${'x'.repeat(40)}…"`],
    [
      'name.x = 1',
      'expected no key below name at line 1, column 6, but found "x": name is one value, not a document',
    ],
    [
      'parameters > 1',
      'expected a key below parameters at line 1, column 12, but found ">": name a key, as in parameters.learning_rate',
    ],
    [
      "parameters LIKE 'x'",
      'expected a key below parameters at line 1, column 12, but found "LIKE": name a key, as in parameters.learning_rate',
    ],
    [
      'evaluations IN (1)',
      'expected a key below evaluations at line 1, column 13, but found "IN": name a key, as in evaluations.some_key',
    ],
    [
      'parameters. = 1',
      `expected a key after "." at line 1, column 13, but found "=": ${QUOTE_KEYS}`,
    ],
    [
      'parameters.3x = 1',
      `expected a key after "." at line 1, column 12, but found "3x": ${QUOTE_KEYS}`,
    ],
    ['parameters.', 'expected a key after "." at line 1, column 12, but the text ends there'],
    [
      'parameters.a/b = 1',
      `${OPERATOR} after "a" at line 1, column 13, but found "/": ${QUOTE_KEYS}`,
    ],
    [
      'parameters."a = 1',
      'expected a key after "." at line 1, column 12, but the quote that opens there is never closed',
    ],
    [
      'parameters.`a = 1',
      'expected a key after "." at line 1, column 12, but the quote that opens there is never closed',
    ],
    // Operators
    ['name', `${OPERATOR} after "name" at line 1, column 5, but the text ends there`],
    [
      "name == 'x'",
      `${OPERATOR} after "name" at line 1, column 6, but found "==": equality is written "="`,
    ],
    ["name ~ 'x'", `${OPERATOR} after "name" at line 1, column 6, but found "~"`],
    [
      "name NOT = 'x'",
      'expected IN, BETWEEN, LIKE or ILIKE after "NOT" at line 1, column 10, but found "="',
    ],
    ['name IS 1', 'expected NULL or NOT NULL after "IS" at line 1, column 9, but found "1"'],
    ['name IS NOT 1', 'expected NULL after "NOT" at line 1, column 13, but found "1"'],
    ['name ıs NULL', `${OPERATOR} after "name" at line 1, column 6, but found "ıs"`],
    ['name iſ NULL', `${OPERATOR} after "name" at line 1, column 6, but found "iſ"`],
    ["name IN 'x'", `expected "(" after "IN" at line 1, column 9, but found 'x'`],
    ['name IN ()', 'expected a value after "(" at line 1, column 10, but found ")"'],
    ["name IN ('x',)", 'expected a value after "," at line 1, column 14, but found ")"'],
    ["name IN ('x' 'y')", `expected "," or ")" after 'x' at line 1, column 14, but found 'y'`],
    ["name IN ('x'", `expected "," or ")" after 'x' at line 1, column 13, but the text ends there`],
    [
      'parameters.x BETWEEN 1',
      'expected AND after "1" at line 1, column 23, but the text ends there',
    ],
    ['parameters.x BETWEEN 1, 2', 'expected AND after "1" at line 1, column 23, but found ","'],
    [
      'name LIKE 5',
      `expected a pattern in single quotes after "LIKE" at line 1, column 11, but found "5": put text in single quotes, as in '5'`,
    ],
    [
      'name LIKE TRUE',
      'expected a pattern in single quotes after "LIKE" at line 1, column 11, but found "TRUE"',
    ],
    [
      'name ILIKE "a%"',
      `expected a pattern in single quotes after "ILIKE" at line 1, column 12, but found "a%": put text in single quotes, as in 'a%'`,
    ],
    [
      String.raw`name LIKE 'a\\\'`,
      String.raw`expected a pattern after "LIKE" at line 1, column 11, but found 'a\\\': the backslash at its end escapes nothing; a backslash itself is \\`,
    ],
    // Values
    ['parameters.x = AND', 'expected a value after "=" at line 1, column 16, but found "AND"'],
    [
      'parameters.x = adam',
      `expected a value after "=" at line 1, column 16, but found "adam": put text in single quotes, as in 'adam'`,
    ],
    [
      `parameters.x = "it's"`,
      `expected a value after "=" at line 1, column 16, but found "it's": put text in single quotes, as in 'it''s'`,
    ],
    [
      'parameters.x = NULL',
      'expected a value after "=" at line 1, column 16, but found "NULL": use IS NULL',
    ],
    [
      'parameters.x != null',
      'expected a value after "!=" at line 1, column 17, but found "null": use IS NULL or IS NOT NULL',
    ],
    [
      "parameters.x = 'abc",
      'expected a value after "=" at line 1, column 16, but the quote that opens there is never closed',
    ],
    [
      "parameters.x = 'abc''",
      'expected a value after "=" at line 1, column 16, but the quote that opens there is never closed',
    ],
    [
      "parameters.x = 'it's'",
      `expected AND, OR or the end after 'it' at line 1, column 20, but found "s": a single quote inside text is doubled, as in 'it''s'`,
    ],
    [
      'parameters.x > TRUE',
      'expected a number, a text or a time after ">" at line 1, column 16, but found "TRUE": TRUE and FALSE are compared with = and != only',
    ],
    [
      'parameters.x BETWEEN 1 AND FALSE',
      'expected a number, a text or a time after "BETWEEN" at line 1, column 28, but found "FALSE": TRUE and FALSE are compared with = and != only',
    ],
    [
      'parameters.x = .5',
      'expected a value after "=" at line 1, column 16, but found ".": a number starts with a digit, as in 0.5',
    ],
    ['parameters.x = 5.', `expected a value at line 1, column 16, but found "5.": ${VALUES}`],
    ['parameters.x = +5', `expected a value at line 1, column 16, but found "+5": ${VALUES}`],
    ['parameters.x = 0x1F', `expected a value at line 1, column 16, but found "0x1F": ${VALUES}`],
    ['parameters.x = 1e', `expected a value at line 1, column 16, but found "1e": ${VALUES}`],
    ['parameters.x = -', 'expected a value after "=" at line 1, column 16, but found "-"'],
    // Times
    ...[
      ...[
        '2026-02-30',
        '2023-02-29',
        '2026-13-01',
        '2026-00-10',
        '2026-01-00',
        '0000-01-01',
        '2026-1-1',
      ],
      ...[
        '10000-01-01',
        '2026-01-31T24:00',
        '2026-01-31T10:60',
        '2026-01-31T10:00:60',
        '2026-01-31T10',
      ],
      ...['2026-01-31T10:00:00+15:00', '2026-01-31T10:00:00+01:60', '2026-01-31T10:00:00.1234567Z'],
    ].map((time) => [
      `created > ${time}`,
      `expected a time at line 1, column 11, but found "${time}": ${TIMES}`,
    ]),
    ["created = 'today'", `expected a time at line 1, column 11, but found 'today': ${TIMES}`],
    [
      "created IN (2026-01-31, 'x')",
      `expected a time at line 1, column 25, but found 'x': ${TIMES}`,
    ],
    // Text that cannot be stored
    [
      "name = 'a\0b'",
      'expected text that can be stored at line 1, column 10, but found a NUL character',
    ],
    [
      'parameters."\ud800" = 1',
      'expected text that can be stored at line 1, column 13, but found half a surrogate pair',
    ],
    [
      "name = '🌱\udc00'",
      'expected text that can be stored at line 1, column 10, but found half a surrogate pair',
    ],
  ])('%j', (text = '', message = '') => {
    expect(refusal(text).fields).toEqual([{ path: 'where', message }]);
  });
});
