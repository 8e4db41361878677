import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { necessary, parseFilter } from '#query';
import { filters, records } from '../support/query/arbitraries.js';
import { printFilter } from '../support/query/print-filter.js';
import { recordFields } from '../support/query/record.js';
import { evaluate } from '../support/query/reference-filter.js';

const lists = (where: string): string[][] =>
  necessary(parseFilter(where, recordFields)).map((atoms) => atoms.map(printFilter));

describe('necessary', () => {
  it.each([
    ["name = 'a'", [["name = 'a'"]]],
    ["name = 'a' AND version IN ('b')", [["name = 'a'"], ["version IN ('b')"]]],
    ["name = 'a' OR version LIKE 'b'", [["name = 'a'", "version LIKE 'b'"]]],
    ["NOT (name < 'a' OR version > 'b')", [["name >= 'a'"], ["version <= 'b'"]]],
    ["NOT (name <= 'a' AND version >= 'b')", [["name > 'a'", "version < 'b'"]]],
    ["NOT name != 'a'", [["name = 'a'"]]],
    ["NOT NOT name > 'a'", [["name > 'a'"]]],
    ["name NOT BETWEEN 'a' AND 'b'", [["name < 'a'", "name > 'b'"]]],
    ["name BETWEEN 'a' AND 'b'", [["name BETWEEN 'a' AND 'b'"]]],
    [
      "(name = 'a' OR name = 'b') AND version = 'c' OR name = 'd'",
      [["version = 'c'", "name = 'd'"]],
    ],
    ["name = 'a' OR version IS NULL", []],
    ["name = 'a' AND version IS NOT NULL", [["name = 'a'"]]],
    ["name != 'a' AND NOT name = 'b' AND name NOT IN ('c') AND name NOT LIKE 'd'", []],
  ])('%s', (where, expected) => {
    expect(lists(where)).toEqual(expected);
  });

  it('gives up on more than 20 alternatives', () => {
    const any = (count: number) =>
      Array.from({ length: count }, (_, index) => `name = '${String(index)}'`).join(' OR ');
    expect(lists(any(20))).toHaveLength(1);
    expect(lists(any(21))).toEqual([]);
  });

  it('is true of every record that the filter is true of', () => {
    let proven = 0;
    fc.assert(
      fc.property(filters, fc.array(records, { minLength: 1, maxLength: 20 }), (filter, some) => {
        for (const record of some.filter((one) => evaluate(filter, one) === true)) {
          for (const atoms of necessary(filter)) {
            proven += 1;
            expect(atoms.map((atom) => evaluate(atom, record))).toContain(true);
          }
        }
      }),
      { numRuns: 2000 },
    );
    // Otherwise the filters would have missed the records.
    expect(proven).toBeGreaterThan(100);
  });
});
