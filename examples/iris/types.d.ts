// What the example uses of packages that ship no type declarations.

declare module 'ml-knn' {
  class KNN {
    constructor(
      dataset: number[][],
      labels: number[],
      options: { k: number; distance?: (point: number[], other: number[]) => number },
    );
    predict(dataset: number[][]): number[];
    toJSON(): unknown;
  }
  export = KNN;
}

declare module 'ml-cart' {
  export class DecisionTreeClassifier {
    constructor(options: { maxDepth?: number; minNumSamples?: number; gainThreshold?: number });
    train(trainingSet: number[][], labels: number[]): void;
    predict(toPredict: number[][]): number[];
    toJSON(): unknown;
  }
}

declare module 'ml-naivebayes' {
  /** Per class: the log prior, then for each feature [1 / (√2π σ), -2 σ²]. */
  type GaussianTerms = [number, ...[number, number][]];

  export class GaussianNB {
    train(trainingSet: number[][], labels: number[]): void;
    toJSON(): { modelName: string; means: number[][]; calculateProbabilities: GaussianTerms[] };
  }

  export class MultinomialNB {
    train(trainingSet: number[][], labels: number[]): void;
    predict(toPredict: number[][]): number[];
    toJSON(): unknown;
  }
}

declare module 'ml-logistic-regression' {
  import type { Matrix } from 'ml-matrix';

  class LogisticRegression {
    constructor(options: { numSteps: number; learningRate: number });
    /** One per class; its scores are the probabilities that a row is *not* of that class. */
    readonly classifiers: { testScores(features: Matrix): number[] }[];
    train(features: Matrix, target: Matrix): void;
    predict(features: Matrix): number[];
    toJSON(): unknown;
  }
  export = LogisticRegression;
}
