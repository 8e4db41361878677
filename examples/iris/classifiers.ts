import { createRequire } from 'node:module';
import type { Classifier } from './classifier.js';
import { cart } from './classifiers/cart.js';
import { knn } from './classifiers/knn.js';
import { logisticRegression } from './classifiers/logistic-regression.js';
import { naiveBayes } from './classifiers/naive-bayes.js';
import { randomForest } from './classifiers/random-forest.js';

/** Everything that is tried out: 19 points in all, each trained once per seed. */
export const CLASSIFIERS: readonly Classifier[] = [
  knn,
  cart,
  randomForest,
  naiveBayes,
  logisticRegression,
];

const require = createRequire(import.meta.url);

/** The installed version: without it, a result cannot be reproduced after an update. */
export function libraryVersion(library: string): string {
  return (require(`${library}/package.json`) as { version: string }).version;
}
