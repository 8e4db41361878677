import { DecisionTreeClassifier } from 'ml-cart';
import type { Classifier } from '../classifier.js';

export const cart: Classifier = {
  name: 'cart',
  description: 'A single decision tree (CART, Gini impurity)',
  library: 'ml-cart',
  candidates: [1, 2, Infinity].map((maxDepth) => ({
    // JSON has no Infinity: the API takes the numbers JSON lacks as strings.
    hyperparameters: { max_depth: Number.isFinite(maxDepth) ? maxDepth : String(maxDepth) },
    train: ({ features, labels }) => {
      const tree = new DecisionTreeClassifier({ maxDepth });
      tree.train(features, labels);
      return tree;
    },
  })),
};
