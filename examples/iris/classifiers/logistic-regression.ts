import LogisticRegression from 'ml-logistic-regression';
import { Matrix } from 'ml-matrix';
import { normalised, type Classifier } from '../classifier.js';
import { CLASS_NAMES } from '../dataset.js';

export const logisticRegression: Classifier = {
  name: 'logistic-regression',
  description: 'One-versus-rest logistic regression on standardised features',
  library: 'ml-logistic-regression',
  candidates: [0.001, 0.01].flatMap((learningRate) =>
    [500, 2000].map((numSteps) => ({
      hyperparameters: { learning_rate: learningRate, num_steps: numSteps },
      train: ({ features, labels }) => {
        const prepare = fitInput(features);
        const regression = new LogisticRegression({ learningRate, numSteps });
        regression.train(prepare(features), Matrix.columnVector(labels));
        return {
          predict: (rows) => regression.predict(prepare(rows)),
          probabilities: (rows) => probabilities(regression, prepare(rows)),
          toJSON: () => regression.toJSON(),
        };
      },
    })),
  ),
};

/**
 * Learns mean and deviation from the training rows alone: anything taken from the other parts would
 * leak into the model. The column of ones is the intercept, which the library does not add itself.
 */
function fitInput(trainingRows: number[][]): (rows: number[][]) => Matrix {
  const training = new Matrix(trainingRows);
  const means = training.mean('column');
  const deviations = training.standardDeviation('column');
  return (rows) => {
    const matrix = new Matrix(rows).subRowVector(means).divRowVector(deviations);
    return matrix.addColumn(Array.from<number>({ length: rows.length }).fill(1));
  };
}

function probabilities(regression: LogisticRegression, features: Matrix): number[][] {
  const rest = CLASS_NAMES.map((_, label) => regression.classifiers[label]?.testScores(features));
  return Array.from({ length: features.rows }, (_, row) =>
    normalised(rest.map((scores) => 1 - (scores?.[row] ?? 1))),
  );
}
