import { describe, expect, it } from '@jest/globals';
import { stratifiedSplit } from '../../examples/iris/split.js';

const SHARES = { train: 0.6, validation: 0.2 };
const LABELS = [0, 1, 2].flatMap((label) => Array.from({ length: 50 }, () => label));

function classCounts(rows: readonly number[]): number[] {
  return [0, 1, 2].map((label) => rows.filter((row) => LABELS[row] === label).length);
}

describe('stratifiedSplit', () => {
  it('puts every row into exactly one part', () => {
    const { train, validation, test } = stratifiedSplit(LABELS, SHARES, 7);
    const rows = [...train, ...validation, ...test].sort((a, b) => a - b);
    expect(rows).toEqual([...LABELS.keys()]);
  });

  it('gives each part the class mix of the whole', () => {
    const { train, validation, test } = stratifiedSplit(LABELS, SHARES, 7);
    expect(classCounts(train)).toEqual([30, 30, 30]);
    expect(classCounts(validation)).toEqual([10, 10, 10]);
    expect(classCounts(test)).toEqual([10, 10, 10]);
  });

  it('depends on nothing but the seed', () => {
    expect(stratifiedSplit(LABELS, SHARES, 7)).toEqual(stratifiedSplit(LABELS, SHARES, 7));
    expect(stratifiedSplit(LABELS, SHARES, 7)).not.toEqual(stratifiedSplit(LABELS, SHARES, 8));
  });

  it('draws from the whole of a class, not from its first rows', () => {
    const seen = new Set<number>();
    for (let seed = 0; seed < 50; seed += 1) {
      for (const row of stratifiedSplit(LABELS, SHARES, seed).test) seen.add(row);
    }
    expect(seen.size).toBe(LABELS.length);
  });

  it('copes with a class of one row', () => {
    const { train, validation, test } = stratifiedSplit([0, 0, 0, 0, 0, 1], SHARES, 1);
    expect([train.length, validation.length, test.length]).toEqual([4, 1, 1]);
  });
});
