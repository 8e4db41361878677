import type { Json } from './json.js';
import type { Random } from './random.js';

/** A metric that a team may report: its key, and how a value of it is drawn for a model as good as `skill` (0 to 1). */
export interface Evaluation {
  readonly key: string;
  readonly draw: (random: Random, skill: number) => Json;
}

const round = (value: number): number => Number(value.toFixed(6));

/** Noise around 0, more of it near 0; the sum of two is close enough to a bell. */
const noise = (random: Random): number => random.next() + random.next() - 1;

/** A score in [0, 1]: more is better. */
const score = (random: Random, skill: number): number =>
  round(Math.min(1, Math.max(0, skill + 0.12 * noise(random))));

/** Less is better, and a training that went wrong says so. */
const loss =
  (scale: number) =>
  (random: Random, skill: number): Json => {
    const luck = random.next();
    if (luck < 0.004) return 'NaN';
    if (luck < 0.005) return 'Infinity';
    return round(scale * (1.05 - skill) * Math.exp(noise(random)));
  };

const amount =
  (from: number, to: number, digits: number) =>
  (random: Random): Json =>
    Number(random.between(from, to).toFixed(digits));

export const EVALUATIONS: readonly Evaluation[] = [
  { key: 'accuracy', draw: score },
  { key: 'f1', draw: score },
  { key: 'F1 score', draw: score },
  { key: 'precision', draw: score },
  { key: 'recall', draw: score },
  { key: 'auc', draw: (random, skill) => score(random, 0.5 + skill / 2) },
  { key: 'loss', draw: loss(1) },
  { key: 'log_loss', draw: loss(0.7) },
  { key: 'rmse', draw: loss(12) },
  { key: 'mae', draw: loss(8) },
  { key: 'r2', draw: (random, skill) => round(skill - 0.3 * random.next()) },
  { key: 'perplexity', draw: loss(60) },
  { key: 'bleu', draw: (random, skill) => round(45 * score(random, skill)) },
  { key: 'calibration_error', draw: amount(0, 0.2, 5) },
  { key: 'drift', draw: amount(0, 1, 4) },
  { key: 'latency_ms', draw: amount(1, 900, 2) },
  { key: 'throughput', draw: (random) => random.below(20_000) },
  { key: 'train_seconds', draw: (random) => random.below(90_000) },
  { key: 'model_size_mb', draw: amount(1, 14_000, 1) },
  {
    key: 'val',
    draw: (random, skill) => ({ accuracy: score(random, skill), loss: loss(1.1)(random, skill) }),
  },
  {
    key: 'per_class',
    draw: (random, skill) => ({
      'class.a': score(random, skill),
      'class.b': score(random, skill),
      other: score(random, skill),
    }),
  },
  { key: 'verdict', draw: (random) => random.pick(['promoted', 'rejected', 'pending']) },
];
