import { seededRandom, shuffled } from './random.js';

/** Positions of the rows in each part. */
interface Split {
  readonly train: readonly number[];
  readonly validation: readonly number[];
  readonly test: readonly number[];
}

/** The share of every class that goes into a part; what is left over is the test part. */
interface Shares {
  readonly train: number;
  readonly validation: number;
}

/**
 * Deals every class out in the same proportions, so that each part has the class mix of the whole.
 * The same labels, shares and seed always give the same split.
 */
export function stratifiedSplit(labels: readonly number[], shares: Shares, seed: number): Split {
  const random = seededRandom(seed);
  const train: number[] = [];
  const validation: number[] = [];
  const test: number[] = [];
  for (const label of [...new Set(labels)].sort((a, b) => a - b)) {
    const rows = [...labels.keys()].filter((row) => labels[row] === label);
    const dealt = shuffled(rows, random);
    const trainEnd = Math.round(dealt.length * shares.train);
    const validationEnd = trainEnd + Math.round(dealt.length * shares.validation);
    train.push(...dealt.slice(0, trainEnd));
    validation.push(...dealt.slice(trainEnd, validationEnd));
    test.push(...dealt.slice(validationEnd));
  }
  return { train, validation, test };
}
