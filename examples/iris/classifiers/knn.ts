import KNN from 'ml-knn';
import type { Classifier } from '../classifier.js';

const DISTANCES = { euclidean: undefined, manhattan };

export const knn: Classifier = {
  name: 'knn',
  description: 'k nearest neighbours',
  library: 'ml-knn',
  candidates: [1, 5, 15].flatMap((k) =>
    Object.entries(DISTANCES).map(([name, distance]) => ({
      hyperparameters: { k, distance: name },
      train: ({ features, labels }) =>
        new KNN(features, labels, { k, ...(distance && { distance }) }),
    })),
  ),
};

/** Counts over `point` only: the library stores the label behind the features of `other`. */
function manhattan(point: number[], other: number[]): number {
  let distance = 0;
  for (let at = 0; at < point.length; at += 1) {
    distance += Math.abs((point[at] ?? 0) - (other[at] ?? 0));
  }
  return distance;
}
