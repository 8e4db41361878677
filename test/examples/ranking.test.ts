import { describe, expect, it } from '@jest/globals';
import type { Experiment, JsonObject } from '../../examples/iris/api-client.js';
import { rank } from '../../examples/iris/ranking.js';

const NAMES = new Map([
  ['m1', 'knn'],
  ['m2', 'cart'],
]);

function experiment(
  model_id: string,
  parameters: JsonObject,
  evaluations: JsonObject | null,
): Experiment {
  return {
    experiment_id: 'e',
    model_id,
    model_version_id: 'v',
    parameters: { ...parameters, library: { name: 'lib', version: '1.0.0' } },
    training_dataset: null,
    validation_dataset: null,
    test_dataset: null,
    evaluations,
    artifact_file_paths: null,
  };
}

function result(accuracy: number, macro_f1 = accuracy, test = accuracy): JsonObject {
  return { accuracy, macro_f1, test: { accuracy: test } };
}

describe('rank', () => {
  it('means over the seeds of one choice, in whatever order its parameters arrive', () => {
    const [row, ...others] = rank(
      [
        experiment('m1', { k: 5, distance: 'euclidean', seed: 7 }, result(0.9, 0.8, 0.7)),
        experiment('m1', { seed: 8, distance: 'euclidean', k: 5 }, result(1, 1, 0.9)),
      ],
      NAMES,
    );
    expect(others).toEqual([]);
    expect(row).toMatchObject({ model: 'knn', hyperparameters: 'distance=euclidean k=5', runs: 2 });
    expect(row?.validationAccuracy).toBeCloseTo(0.95, 12);
    expect(row?.validationDeviation).toBeCloseTo(0.05, 12);
    expect(row?.macroF1).toBeCloseTo(0.9, 12);
    expect(row?.testAccuracy).toBeCloseTo(0.8, 12);
  });

  it('puts the best validation accuracy first, whatever the test accuracy says', () => {
    const rows = rank(
      [
        experiment('m1', { k: 1 }, result(0.8, 0.8, 1)),
        experiment('m1', { k: 5 }, result(0.9, 0.9, 0.5)),
      ],
      NAMES,
    );
    expect(rows.map(({ hyperparameters }) => hyperparameters)).toEqual(['k=5', 'k=1']);
  });

  it('lets macro F1 decide when sums of the same accuracies differ in the last bit', () => {
    const accuracies = [0.1, 0.2, 0.3];
    const rows = rank(
      [
        ...accuracies.map((accuracy) => experiment('m1', { k: 1 }, result(accuracy, 0.5))),
        ...accuracies
          .reverse()
          .map((accuracy) => experiment('m1', { k: 5 }, result(accuracy, 0.6))),
      ],
      NAMES,
    );
    expect(rows.map(({ hyperparameters }) => hyperparameters)).toEqual(['k=5', 'k=1']);
  });

  it('keeps models with the same hyperparameters apart', () => {
    const rows = rank(
      [experiment('m1', { depth: 1 }, result(0.8)), experiment('m2', { depth: 1 }, result(0.9))],
      NAMES,
    );
    expect(rows.map(({ model }) => model)).toEqual(['cart', 'knn']);
  });

  it('puts what has no evaluations last', () => {
    const rows = rank(
      [experiment('m1', { k: 1 }, null), experiment('m1', { k: 5 }, result(0.1))],
      NAMES,
    );
    expect(rows.map(({ hyperparameters }) => hyperparameters)).toEqual(['k=5', 'k=1']);
    expect(rows[1]?.validationAccuracy).toBeNaN();
  });
});
