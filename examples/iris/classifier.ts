import type { LabelledRows } from './dataset.js';

/** What is tried out; sent as `parameters`, so only what JSON can say. */
type Hyperparameters = Readonly<Record<string, string | number>>;

export interface TrainedModel {
  /** The class of each row. */
  predict(features: number[][]): number[];
  /** Per row the probability of each class; absent when the library answers with classes only. */
  probabilities?(features: number[][]): number[][];
  /** The model as its library exports it, for the artifact file. */
  toJSON(): unknown;
}

/** One point of the grid. */
export interface Candidate {
  readonly hyperparameters: Hyperparameters;
  /** Always the same model for the same rows and seed. */
  train(rows: LabelledRows, seed: number): TrainedModel;
}

export interface Classifier {
  /** Its name as a Model of the project. */
  readonly name: string;
  readonly description: string;
  /** The npm package that does the training. */
  readonly library: string;
  readonly candidates: readonly Candidate[];
}

/** Non-negative scores as shares of one. */
export function normalised(scores: readonly number[]): number[] {
  const total = scores.reduce((sum, score) => sum + score, 0);
  return scores.map((score) => (total > 0 ? score / total : 1 / scores.length));
}
