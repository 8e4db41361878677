import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { CodedError } from '#errors';
import { parseFilter, queryLimits } from '#query';
import { recordFields as fields } from '../support/query/record.js';

const parse = (text: string) => parseFilter(text, fields);
const refused = (message: string) =>
  expect.objectContaining({ code: 'INVALID_FILTER', fields: [{ path: 'where', message }] });
const many = (count: number, part: string, separator: string): string =>
  Array.from({ length: count }, () => part).join(separator);

describe('the limits of a filter', () => {
  it('counts characters, not code units', () => {
    const filter = (length: number) => `name = '${'🌱'.repeat(length - 9)}'`;
    expect(() => parse(filter(queryLimits.characters))).not.toThrow();
    expect(() => parse(filter(queryLimits.characters + 1))).toThrow(
      refused('expected at most 10000 characters at line 1, column 10001, but the text goes on'),
    );
  });

  it('counts conditions', () => {
    const filter = (count: number) => many(count, 'name IS NULL', ' OR ');
    expect(() => parse(filter(queryLimits.conditions))).not.toThrow();
    expect(() => parse(filter(queryLimits.conditions + 1))).toThrow(
      refused('expected at most 200 conditions at line 1, column 3201, but found one more'),
    );
  });

  it('counts the values of all lists together', () => {
    const filter = (count: number) => `parameters.x IN (${many(count, '1', ',')})`;
    const half = queryLimits.listValues / 2;
    expect(() => parse(`${filter(half)} OR ${filter(half)}`)).not.toThrow();
    expect(() => parse(`${filter(half)} OR ${filter(half + 1)}`)).toThrow(
      refused('expected at most 1000 values in lists at line 1, column 2039, but found one more'),
    );
  });

  it('counts parentheses and NOTs that are open', () => {
    const nested = (levels: number) =>
      `${'NOT ('.repeat(levels / 2)}name IS NULL${')'.repeat(levels / 2)}`;
    const side = nested(queryLimits.depth);
    expect(() => parse(`${side} AND ${side}`)).not.toThrow();
    expect(() => parse(`NOT ${side}`)).toThrow(
      refused(
        'expected at most 50 levels of parentheses and NOT at line 1, column 129, but found one more',
      ),
    );
  });

  it('counts the keys of a path', () => {
    const filter = (keys: number) => `parameters${'.x'.repeat(keys - 1)} = 1`;
    expect(() => parse(filter(queryLimits.pathKeys))).not.toThrow();
    expect(() => parse(filter(queryLimits.pathKeys + 1))).toThrow(
      refused('expected at most 200 keys in a path at line 1, column 410, but found one more'),
    );
  });

  it.each([
    '9'.repeat(401),
    '1e400',
    '1e-400',
    '1e999999999',
    '0e-99999999999999999999',
    `0.${'1'.repeat(400)}`,
  ])('counts the digits of %s', (number) => {
    expect(() => parse(`parameters.x = ${number}`)).toThrow(
      refused(
        `expected a number of at most 400 digits, written out, at line 1, column 16, but found "${number.slice(0, 40)}${number.length > 40 ? '…' : ''}"`,
      ),
    );
  });
});

describe('hostile text', () => {
  it.each([
    ['parentheses', '('.repeat(50_000)],
    ['parentheses within the length', '('.repeat(10_000)],
    ['closing parentheses', `name IS NULL${')'.repeat(9_000)}`],
    ['NOTs', 'NOT '.repeat(2500)],
    ['single quotes', "'".repeat(9_999)],
    ['double quotes', '"'.repeat(9_999)],
    ['backticks', '`'.repeat(9_999)],
    ['quotes of all kinds', `'"\``.repeat(3333)],
    ['an open text of doubled quotes', `name = '${"''".repeat(4_900)}`],
    ['digits', `parameters.x = ${'9'.repeat(9_900)}`],
    ['dots', `parameters${'.'.repeat(9_900)}`],
    ['keys', `parameters${'.a'.repeat(4_900)} = 1`],
    ['one long word', 'a'.repeat(10_000)],
    ['words', 'a '.repeat(5_000)],
    ['minus signs', `parameters.x = ${'-'.repeat(9_900)}`],
    ['a long date', `created = ${'2026-01-31'.repeat(900)}`],
    ['equal signs', `name ${'='.repeat(9_900)}`],
    ['commas', `name IN (${','.repeat(9_900)}`],
    ['values', `parameters.x IN (${'1,'.repeat(4_900)}1)`],
    ['conditions', `${'name IS NULL OR '.repeat(600)}name IS NULL`],
    ['line breaks', '\n'.repeat(10_000)],
  ])('is refused: %s', (_, text) => {
    expect(() => parse(text)).toThrow(expect.objectContaining({ code: 'INVALID_FILTER' }));
  });

  const WORDS = [
    ...[
      'name',
      'created',
      'parameters',
      '.',
      'x',
      '"F1 score"',
      '`k`',
      '=',
      '!=',
      '<>',
      '==',
      '<',
      '>=',
    ],
    ...[
      'AND',
      'or',
      'Not',
      'IN',
      'BETWEEN',
      'LIKE',
      'ILIKE',
      'IS',
      'NULL',
      'TRUE',
      'NaN',
      '-Infinity',
    ],
    ...[
      '(',
      ')',
      ',',
      "'text'",
      "'",
      '"',
      '5',
      '-1e3',
      '1e999',
      '2026-01-31',
      '2026-02-30',
      '\\',
      '\0',
      '🌱',
      '\n',
      ' ',
    ],
  ];
  const soup = fc.array(
    fc.oneof(fc.constantFrom(...WORDS), fc.string({ unit: 'binary', maxLength: 3 })),
  );

  it('never gives anything but a filter or INVALID_FILTER', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      soup.map((words) => words.join('')),
      soup.map((words) => words.join(' ')),
    );
    fc.assert(
      fc.property(text, (where) => {
        try {
          parse(where);
        } catch (error) {
          expect(error).toBeInstanceOf(CodedError);
          expect((error as CodedError).code).toBe('INVALID_FILTER');
          expect((error as CodedError).fields[0]?.message).toMatch(
            /^expected .+ at line \d+, column \d+, but (?:found|the) /s,
          );
        }
      }),
      { numRuns: 5000 },
    );
  });
});
