import type { Json } from './json.js';
import type { Random } from './random.js';

/** A hyperparameter that a team may record: its key, and how a value of it is drawn. */
export interface Parameter {
  readonly key: string;
  readonly draw: (random: Random) => Json;
}

const choice =
  (...values: readonly Json[]) =>
  (random: Random): Json =>
    random.pick(values);

const whole =
  (from: number, to: number) =>
  (random: Random): Json =>
    from + random.below(to - from + 1);

const decimal =
  (from: number, to: number, digits: number) =>
  (random: Random): Json =>
    Number(random.between(from, to).toFixed(digits));

/** Evenly over the orders of magnitude, as search spaces are. */
const logarithmic =
  (from: number, to: number) =>
  (random: Random): Json =>
    Number(Math.exp(random.between(Math.log(from), Math.log(to))).toPrecision(3));

const flag = (random: Random): Json => random.chance(0.5);

const learningRate = logarithmic(1e-5, 1e-1);

/** What teams record besides their seed, which every experiment has. Some keys hold more than one type. */
export const PARAMETERS: readonly Parameter[] = [
  { key: 'learning_rate', draw: learningRate },
  {
    key: 'batch_size',
    draw: (random) => {
      const size = 2 ** (4 + random.below(7));
      return random.chance(0.15) ? String(size) : size;
    },
  },
  { key: 'epochs', draw: whole(1, 200) },
  { key: 'dropout', draw: decimal(0, 0.6, 2) },
  { key: 'weight_decay', draw: logarithmic(1e-6, 1e-2) },
  { key: 'momentum', draw: choice(0, 0.8, 0.9, 0.95, 0.99) },
  { key: 'max_depth', draw: (random) => (random.chance(0.1) ? 'none' : 2 + random.below(20)) },
  { key: 'n_estimators', draw: whole(10, 2000) },
  { key: 'subsample', draw: decimal(0.4, 1, 2) },
  { key: 'min_child_weight', draw: whole(1, 20) },
  { key: 'gamma', draw: decimal(0, 5, 3) },
  { key: 'reg_alpha', draw: logarithmic(1e-8, 10) },
  { key: 'reg_lambda', draw: logarithmic(1e-8, 10) },
  { key: 'hidden_size', draw: choice(64, 128, 256, 512, 768, 1024, 2048) },
  { key: 'num_layers', draw: whole(1, 48) },
  { key: 'num_heads', draw: choice(4, 8, 12, 16, 32) },
  { key: 'warmup_steps', draw: whole(0, 10_000) },
  { key: 'gradient_clip', draw: choice(0.1, 0.5, 1, 5, null) },
  { key: 'label_smoothing', draw: choice(0, 0.05, 0.1) },
  { key: 'context_length', draw: choice(512, 1024, 2048, 4096, 8192) },
  { key: 'patience', draw: whole(1, 30) },
  { key: 'temperature', draw: decimal(0.1, 2, 2) },
  { key: 'activation', draw: choice('relu', 'gelu', 'silu', 'tanh') },
  { key: 'framework', draw: choice('pytorch', 'xgboost', 'scikit-learn', 'jax', 'lightgbm') },
  { key: 'device', draw: choice('cpu', 'cuda:0', 'cuda:1', 'tpu') },
  { key: 'precision', draw: choice(16, 32, 'bf16', 'fp8', '16-mixed') },
  { key: 'loss_function', draw: choice('cross_entropy', 'focal', 'mse', 'huber', 'hinge') },
  { key: 'pooling', draw: choice('mean', 'max', 'cls', 'attention') },
  { key: 'tokenizer', draw: choice('bpe', 'wordpiece', 'unigram', 'bytes') },
  { key: 'sampler', draw: choice('random', 'stratified', 'weighted', 'sequential') },
  { key: 'init method', draw: choice('xavier', 'kaiming', 'orthogonal') },
  { key: 'früh_stoppen', draw: flag },
  { key: 'shuffle', draw: flag },
  { key: 'use_amp', draw: (random) => (random.chance(0.1) ? 'yes' : random.chance(0.5)) },
  { key: 'balanced', draw: flag },
  { key: 'augmentation', draw: choice('none', 'flip', 'mixup', 'cutmix', 'randaugment') },
  {
    key: 'optimizer',
    draw: (random) => ({
      name: random.pick(['adam', 'adamw', 'sgd', 'rmsprop', 'lion']),
      lr: learningRate(random),
      betas: [0.9, random.pick([0.95, 0.98, 0.999])],
    }),
  },
  {
    key: 'scheduler',
    draw: (random) => ({
      name: random.pick(['cosine', 'linear', 'step', 'plateau']),
      warmup: random.below(2000),
      final: { lr: logarithmic(1e-8, 1e-5)(random) },
    }),
  },
  {
    key: 'data',
    draw: (random) => ({
      version: `v${1 + random.below(40)}`,
      split: { train: 0.8, validation: 0.1, test: 0.1 },
      columns: random.sample(['age', 'income', 'region', 'device', 'tenure', 'clicks'], 4),
    }),
  },
  {
    key: 'hardware',
    draw: (random) => ({ gpus: 2 ** random.below(5), kind: random.pick(['a100', 'h100', 'l4']) }),
  },
];
