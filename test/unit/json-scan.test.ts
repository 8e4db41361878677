import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { fieldPath } from '../../libs/http/src/json/field-path.js';
import { scanJson } from '../../libs/http/src/json/json-scan.js';
import { writtenOutDigits } from '../../libs/http/src/json/number-digits.js';

const problems = (text: string): string[] => scanJson(text).problems.map(({ path }) => path);

describe('scanJson', () => {
  it('finds the raw text of each member, whatever the JSON', () => {
    const value = fc.jsonValue({ stringUnit: 'binary' });
    const indents = fc.constantFrom('', ' ', '\t', '\n \r');
    fc.assert(
      fc.property(
        fc.dictionary(fc.string({ unit: 'binary' }), value),
        indents,
        (object, indent) => {
          const text = `${indent}${JSON.stringify(object, null, indent)}${indent}`;
          const { members } = scanJson(text);
          expect([...members.keys()]).toEqual(Object.keys(object));
          for (const [key, member] of members)
            expect(JSON.parse(member)).toEqual(JSON.parse(text)[key]);
        },
      ),
    );
  });

  it('keeps the text of a member as it was sent', () => {
    const { members } = scanJson('{ "a" : { "x" : 1.50e+2 } , "b":[ ] }');
    expect(Object.fromEntries(members)).toEqual({ a: '{ "x" : 1.50e+2 }', b: '[ ]' });
  });

  it('finds the name that is there twice, however many there are', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.string(), { minLength: 1, maxLength: 30 }),
        fc.nat(),
        (names, at) => {
          const member = (name: string): string => `${JSON.stringify(name)}:1`;
          const all = names.map(member);
          expect(problems(`{${all.join(',')}}`)).toEqual([]);
          const twice = names[at % names.length] ?? '';
          expect(problems(`{${[...all, member(twice)].join(',')}}`)).toEqual([fieldPath([twice])]);
        },
      ),
    );
  });

  it('has no members when the text is no object', () => {
    for (const text of ['[{"a":1}]', '"a"', ' 1 ', 'null'])
      expect(scanJson(text).members.size).toBe(0);
  });

  it.each([
    ['{"a":1,"a":2}', ['a']],
    ['{"a":{"b":1,"\\u0062":2}}', ['a.b']],
    ['{"__proto__":1,"__proto__":2}', ['__proto__']],
    ['{"a":["\\u0000",{"b c":"\\ud800"}]}', ['a[0]', 'a[1]."b c"']],
    ['{"x\\u0000":1}', ['']],
    ['{"a":1e400,"b":-1e-400,"c":0e999999999}', ['a', 'b', 'c']],
    ['{"a":"\\\\\\"","b":"\\u0000"}', ['b']],
    ['{"a":"\\\\","b":"\\\\\\\\"}', []],
    ['{"a":"\\ud83c\\udf31"}', []],
  ])('%s', (text, expected) => {
    expect(problems(text)).toEqual(expected);
  });

  it('stops at the depth that is too deep', () => {
    const deep = (levels: number) => `${'['.repeat(levels)}${']'.repeat(levels)}`;
    expect(scanJson(deep(200)).tooDeep).toBe(false);
    expect(scanJson(deep(201)).tooDeep).toBe(true);
    expect(scanJson(deep(100_000)).problems).toHaveLength(1);
  });

  it('names a hundred problems at most', () => {
    const text = `[${Array.from({ length: 500 }, () => '1e999').join(',')}]`;
    expect(problems(text)).toHaveLength(100);
  });

  it('tells by how much numbers grow when they are written out', () => {
    expect(scanJson('{"a":1,"b":123456,"c":[1e9]}').expansion).toBe(7);
  });
});

describe('writtenOutDigits', () => {
  it.each([
    ['1e3', 4],
    ['1e-3', 4],
    ['12.50', 4],
    ['1.5e1', 2],
    ['-0', 1],
    ['1E+308', 309],
    ['5e-324', 325],
  ])('%s has %i', (number, digits) => {
    expect(writtenOutDigits(number)).toBe(digits);
  });
});

describe('fieldPath', () => {
  it('quotes what is not a plain word', () => {
    expect(fieldPath(['parameters', 'F1 score', 0, 'größe', 'a.b'])).toBe(
      'parameters."F1 score"[0].größe."a.b"',
    );
    expect(fieldPath([])).toBe('');
  });
});
