import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseFilter, parseOrdering, parseSubject } from '#query';
import { filters } from '../support/query/arbitraries.js';
import { printFilter, withoutPlaces } from '../support/query/print-filter.js';
import { recordFields as fields } from '../support/query/record.js';

/** A tree in the fully parenthesised, canonical spelling. */
const canonical = (text: string): string => printFilter(parseFilter(text, fields));
const only = (text: string): unknown => withoutPlaces(parseFilter(text, fields));
const literal = (text: string): unknown =>
  (only(`parameters.x = ${text}`) as { value: unknown }).value;
const path = (text: string): readonly string[] => parseSubject(text, fields).path;

describe('parseFilter', () => {
  it('binds NOT before AND before OR', () => {
    expect(
      canonical('name IS NULL OR NOT name IS NULL AND version IS NULL OR created IS NULL'),
    ).toBe('name IS NULL OR (NOT name IS NULL AND version IS NULL) OR created IS NULL');
    expect(canonical('NOT (name IS NULL OR version IS NULL) AND created IS NULL')).toBe(
      'NOT (name IS NULL OR version IS NULL) AND created IS NULL',
    );
    expect(canonical('((name IS NULL))')).toBe('name IS NULL');
    expect(canonical('NOT NOT name IS NULL')).toBe('NOT NOT name IS NULL');
  });

  it.each([
    ['parameters.x=1', 'parameters."x" = 1'],
    ['parameters.x!=1', 'parameters."x" != 1'],
    ['parameters.x<>1', 'parameters."x" != 1'],
    ['parameters.x<1', 'parameters."x" < 1'],
    ['parameters.x<=1', 'parameters."x" <= 1'],
    ['parameters.x>1', 'parameters."x" > 1'],
    ['parameters.x>=-1', 'parameters."x" >= -1'],
    ["name in('a',1 ,TRUE)", "name IN ('a', 1, TRUE)"],
    ["name not In ('a')", "NOT name IN ('a')"],
    [
      'parameters.x between 1 and 2 and name is null',
      'parameters."x" BETWEEN 1 AND 2 AND name IS NULL',
    ],
    ['parameters.x NOT BETWEEN 1 AND 2', 'NOT parameters."x" BETWEEN 1 AND 2'],
    ["name like 'a%'", "name LIKE 'a%'"],
    ["name not like 'a%'", "NOT name LIKE 'a%'"],
    ["name iLike 'a%'", "name ILIKE 'a%'"],
    ["name NOT ILIKE 'a%'", "NOT name ILIKE 'a%'"],
    [String.raw`name LIKE 'a\\'`, String.raw`name LIKE 'a\\'`],
    ['parameters is null', 'parameters IS NULL'],
    ['name IS NOT\r\n\tNULL', 'NOT name IS NULL'],
    ['"name" IS NULL', 'name IS NULL'],
    ['parameters.x = true', 'parameters."x" = TRUE'],
    ['parameters.x != False', 'parameters."x" != FALSE'],
  ])('%s', (text, expected) => {
    expect(canonical(text)).toBe(expected);
  });

  it.each([
    ['0.9', { type: 'number', text: '0.9' }],
    ['-1E-3', { type: 'number', text: '-1E-3' }],
    ['12345678901234567890.5', { type: 'number', text: '12345678901234567890.5' }],
    ['1e399', { type: 'number', text: '1e399' }],
    ['nan', { type: 'number', text: 'NaN' }],
    ['INFINITY', { type: 'number', text: 'Infinity' }],
    ['-infinity', { type: 'number', text: '-Infinity' }],
    ["'it''s'", { type: 'string', text: "it's" }],
    ["''", { type: 'string', text: '' }],
    ["''''", { type: 'string', text: "'" }],
    [`'"AND"\n🌱'`, { type: 'string', text: '"AND"\n🌱' }],
    ["'2026-01-31'", { type: 'string', text: '2026-01-31' }],
    ['2026-01-31', { type: 'time', text: '2026-01-31T00:00:00Z' }],
    ['2026-01-31t10:00', { type: 'time', text: '2026-01-31T10:00:00Z' }],
    ['2026-01-31T10:00:00.123456Z', { type: 'time', text: '2026-01-31T10:00:00.123456Z' }],
    ['2026-01-31T10:00:00+0530', { type: 'time', text: '2026-01-31T10:00:00+05:30' }],
    ['2026-01-31T10:00:00-05', { type: 'time', text: '2026-01-31T10:00:00-05:00' }],
    ['2026-01-31T10:00:00-00:00', { type: 'time', text: '2026-01-31T10:00:00Z' }],
    ['2024-02-29', { type: 'time', text: '2024-02-29T00:00:00Z' }],
    ['0001-01-01', { type: 'time', text: '0001-01-01T00:00:00Z' }],
  ])('reads the value %s', (text, expected) => {
    expect(literal(text)).toEqual(expected);
  });

  it('reads text as a time where the column is one', () => {
    const time = { type: 'time', text: '2026-01-31T10:00:00Z' };
    expect(only("created > '2026-01-31 10:00'")).toMatchObject({ value: time });
    expect(only("created IN ('2026-01-31 10:00', 5)")).toMatchObject({
      values: [time, { type: 'number', text: '5' }],
    });
    expect(only("created BETWEEN '2026-01-31 10:00Z' AND 2026-01-31T10:00")).toMatchObject({
      from: time,
      to: time,
    });
  });

  it('says where each subject stands, in characters', () => {
    const text = "name = '🌱' AND version IS NULL\r\n  OR\rparameters.x = 1";
    expect(parseFilter(text, fields)).toMatchObject({
      terms: [
        { terms: [{ subject: { line: 1, column: 1 } }, { subject: { line: 1, column: 16 } }] },
        { subject: { line: 3, column: 1 } },
      ],
    });
  });

  it('reads back every filter that is printed', () => {
    fc.assert(
      fc.property(filters, (filter) => {
        const text = printFilter(filter);
        expect(withoutPlaces(parseFilter(text, fields))).toEqual(withoutPlaces(filter));
      }),
      { numRuns: 1000 },
    );
  });
});

describe('parseSubject', () => {
  it.each([
    ['name', ['name']],
    ['parameters.optimizer.name', ['parameters', 'optimizer', 'name']],
    ['parameters . x', ['parameters', 'x']],
    ['parameters."F1 score"', ['parameters', 'F1 score']],
    ['parameters.`F1 score`', ['parameters', 'F1 score']],
    ['parameters."a.b".c', ['parameters', 'a.b', 'c']],
    ['parameters."say ""hi"" `x`"', ['parameters', 'say "hi" `x`']],
    ['parameters.`a``b"c`', ['parameters', 'a`b"c']],
    ['parameters.""', ['parameters', '']],
    ['parameters.größe-2_x', ['parameters', 'größe-2_x']],
    ['parameters.模型.e\u0301', ['parameters', '模型', 'e\u0301']],
    [
      'parameters.in.Like.NULL.true.NaN.and.desc',
      ['parameters', 'in', 'Like', 'NULL', 'true', 'NaN', 'and', 'desc'],
    ],
    ['"parameters"."in"', ['parameters', 'in']],
    ['parameters.__proto__.constructor', ['parameters', '__proto__', 'constructor']],
  ])('%s', (text, expected) => {
    expect(path(text)).toEqual(expected);
  });

  it('takes all keys to be below a document that is named for it', () => {
    const below = (text: string) => parseSubject(text, fields, { below: 'evaluations' });
    expect(below('accuracy').path).toEqual(['evaluations', 'accuracy']);
    expect(below('in."F1 score"').path).toEqual(['evaluations', 'in', 'F1 score']);
  });

  it('names the code and the path that it is told', () => {
    const options = { below: 'evaluations', path: 'evaluation', code: 'INVALID_EVALUATION' };
    expect(() => parseSubject('F1 score', fields, options)).toThrow(
      expect.objectContaining({
        kind: 'invalid',
        code: 'INVALID_EVALUATION',
        fields: [
          {
            path: 'evaluation',
            message:
              'expected "." and a key, or the end after "F1" at line 1, column 4, but found "score": a key that is not a plain word stands in double quotes, as in "F1 score"',
          },
        ],
      }),
    );
  });
});

describe('parseOrdering', () => {
  it.each([
    ['created', ['created'], false],
    ['created asc', ['created'], false],
    ['evaluations."F1 score" DESC', ['evaluations', 'F1 score'], true],
    ['parameters.desc desc', ['parameters', 'desc'], true],
  ])('%s', (text, expected, descending) => {
    const ordering = parseOrdering(text, fields);
    expect([ordering.subject.path, ordering.descending]).toEqual([expected, descending]);
  });

  it.each([
    ['', 'expected a field at line 1, column 1, but the text is empty'],
    [
      'created down',
      'expected ASC, DESC or the end after "created" at line 1, column 9, but found "down"',
    ],
    ['created DESC, name', 'expected the end after "DESC" at line 1, column 13, but found ","'],
    [
      'evaluations',
      'expected a key below evaluations at line 1, column 1, but found "evaluations": name a key, as in evaluations.some_key',
    ],
  ])('refuses %p', (text, message) => {
    expect(() => parseOrdering(text, fields)).toThrow(
      expect.objectContaining({ code: 'INVALID_ORDER', fields: [{ path: 'order_by', message }] }),
    );
  });
});
