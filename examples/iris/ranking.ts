import type { Experiment, Json, JsonObject } from './api-client.js';

/** One model with one choice of hyperparameters, over all seeds. */
export interface RankingRow {
  readonly model: string;
  readonly hyperparameters: string;
  readonly runs: number;
  readonly validationAccuracy: number;
  readonly validationDeviation: number;
  readonly macroF1: number;
  readonly testAccuracy: number;
}

/** These differ between runs of the same choice. */
const NOT_HYPERPARAMETERS = new Set(['seed', 'library']);

/**
 * Best mean validation accuracy first, macro F1 decides between equals. The test accuracy has no
 * say: choosing by it would make it a second validation.
 */
export function rank(
  experiments: readonly Experiment[],
  modelNames: ReadonlyMap<string, string>,
): RankingRow[] {
  const groups = new Map<string, [Experiment, ...Experiment[]]>();
  for (const experiment of experiments) {
    const { model_id, parameters } = experiment;
    const key = JSON.stringify([model_id, describeHyperparameters(parameters ?? {})]);
    const group = groups.get(key);
    if (group) group.push(experiment);
    else groups.set(key, [experiment]);
  }
  const rows = [...groups.values()].map((runs) => summarise(runs, modelNames));
  return rows.sort(
    (a, b) =>
      comparable(b.validationAccuracy) - comparable(a.validationAccuracy) ||
      comparable(b.macroF1) - comparable(a.macroF1) ||
      a.model.localeCompare(b.model) ||
      a.hyperparameters.localeCompare(b.hyperparameters),
  );
}

function summarise(
  runs: readonly [Experiment, ...Experiment[]],
  modelNames: ReadonlyMap<string, string>,
): RankingRow {
  const [{ model_id, parameters }] = runs;
  const validation = runs.map(({ evaluations }) => numberAt(evaluations, 'accuracy'));
  return {
    model: modelNames.get(model_id) ?? model_id,
    hyperparameters: describeHyperparameters(parameters ?? {}),
    runs: runs.length,
    validationAccuracy: mean(validation),
    validationDeviation: deviation(validation),
    macroF1: mean(runs.map(({ evaluations }) => numberAt(evaluations, 'macro_f1'))),
    testAccuracy: mean(runs.map(({ evaluations }) => numberAt(evaluations, 'test', 'accuracy'))),
  };
}

/** Sorted by name, because the service does not promise the order of keys. */
function describeHyperparameters(parameters: JsonObject): string {
  return Object.entries(parameters)
    .filter(([name]) => !NOT_HYPERPARAMETERS.has(name))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join(' ');
}

/** NaN when there is no number there. */
function numberAt(document: JsonObject | null, ...keys: readonly string[]): number {
  let value: Json | undefined = document;
  for (const key of keys) {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return NaN;
    value = value[key];
  }
  return typeof value === 'number' ? value : NaN;
}

function mean(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0) / values.length;
}

function deviation(values: readonly number[]): number {
  const centre = mean(values);
  return Math.sqrt(mean(values.map((value) => (value - centre) ** 2)));
}

/** Rounded, so that sums of the same accuracies in another order still count as equal. */
function comparable(value: number): number {
  return Number.isNaN(value) ? -1 : Math.round(value * 1e9);
}
