import { generateExperiments, type GeneratedExperiment } from '../data/experiment.js';
import type { JsonObject } from '../data/json.js';
import { makePlan } from '../data/plan.js';

/** An experiment as a client sends it, without the model it belongs to: about 1 KB. */
export type Body = Readonly<Record<string, string | JsonObject | null>>;

const EVALUATIONS = 5;
const DESCRIPTION =
  'Nightly training on the full window with the warm start of the week before. The learning rate was lowered after the ' +
  'plateau of the last run, early stopping watches the validation loss, and the test set is the frozen one of this quarter.';

/** So many experiments with 5 to 10 parameters and 5 evaluations, the same ones each time. */
export function makeBodies(count: number): Body[] {
  const bodies: Body[] = [];
  const plan = makePlan(1);
  // Some models report fewer than five evaluations.
  for (const experiment of generateExperiments(plan, { seed: 2, experiments: 8 * count + 100 })) {
    if (Object.keys(experiment.evaluations).length < EVALUATIONS) continue;
    bodies.push(bodyOf(experiment, 5 + (bodies.length % 6)));
    if (bodies.length === count) break;
  }
  return bodies;
}

function bodyOf(experiment: GeneratedExperiment, parameters: number): Body {
  return {
    model_version_id: experiment.modelVersionId,
    experiment_name: experiment.name,
    description: DESCRIPTION,
    parameters: first(experiment.parameters, parameters),
    training_dataset: experiment.trainingDataset,
    validation_dataset: experiment.validationDataset,
    test_dataset: experiment.testDataset,
    evaluations: first(experiment.evaluations, EVALUATIONS),
    artifact_file_paths: experiment.artifactFilePaths,
    tags: experiment.tags,
  };
}

function first(members: JsonObject, count: number): JsonObject {
  return Object.fromEntries(Object.entries(members).slice(0, count));
}
