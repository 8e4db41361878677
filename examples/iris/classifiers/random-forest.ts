import { RandomForestClassifier } from 'ml-random-forest';
import { normalised, type Classifier } from '../classifier.js';
import { CLASS_NAMES } from '../dataset.js';

export const randomForest: Classifier = {
  name: 'random-forest',
  description: 'Bagged decision trees, each on its own choice of features',
  library: 'ml-random-forest',
  candidates: [10, 40].flatMap((nEstimators) =>
    [2, 4].map((maxFeatures) => ({
      hyperparameters: { n_estimators: nEstimators, max_features: maxFeatures },
      train: ({ features, labels }, seed) => {
        const forest = new RandomForestClassifier({
          nEstimators,
          maxFeatures,
          seed,
          // Drawing the same feature twice would only make a tree narrower.
          replacement: false,
          // There is a validation part; the out-of-bag estimate is half of the training time.
          noOOB: true,
        });
        forest.train(features, labels);
        return {
          predict: (rows) => forest.predict(rows),
          probabilities: (rows) => forest.predictionValues(rows).to2DArray().map(voteShares),
          toJSON: () => forest.toJSON(),
        };
      },
    })),
  ),
};

function voteShares(votes: readonly number[]): number[] {
  return normalised(CLASS_NAMES.map((_, label) => votes.filter((vote) => vote === label).length));
}
