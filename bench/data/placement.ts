import { PROBE, type Plan, type PlannedModel } from './plan.js';
import { Random } from './random.js';

/** Which data set: two of the same seed have the same projects and models. */
export interface DataSet {
  readonly seed: number;
  readonly experiments: number;
}

/** What is settled of an experiment before its content is drawn. */
export interface Placement {
  readonly index: number;
  readonly model: PlannedModel;
  /** Eight lie in every data set, four of them in the probe. */
  readonly needle: boolean;
  /** Draws the rest. */
  readonly random: Random;
}

const NEEDLES = 4;

/** Says for each experiment in turn where it belongs; the probe is spread evenly over the others. */
export function* placeExperiments(
  plan: Plan,
  { seed, experiments }: DataSet,
): Generator<Placement, void, void> {
  const probes = Math.min(PROBE.experiments, Math.floor(experiments / 10));
  let probesSoFar = 0;
  for (let index = 0; index < experiments; index += 1) {
    const random = new Random(seed, index);
    if (Math.floor(((index + 1) * probes) / experiments) > probesSoFar) {
      const needle = isNeedle(probesSoFar, probes);
      yield { index, model: plan.probeModel(probesSoFar), needle, random };
      probesSoFar += 1;
    } else {
      const needle = isNeedle(index - probesSoFar, experiments - probes);
      yield { index, model: plan.drawModel(random), needle, random };
    }
  }
}

/** Evenly spread, and never the first or the last. */
function isNeedle(ordinal: number, count: number): boolean {
  const every = Math.floor(count / NEEDLES);
  return ordinal % every === Math.floor(every / 2) && ordinal < every * NEEDLES;
}
