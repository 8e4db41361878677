import type { Json, JsonObject } from './json.js';
import { placeExperiments, type DataSet, type Placement } from './placement.js';
import { newId, PERIOD, type Plan, type PlannedModel } from './plan.js';
import type { Random } from './random.js';

/** An experiment as it goes into the table; times in milliseconds. */
export interface GeneratedExperiment {
  readonly id: string;
  readonly model: PlannedModel;
  readonly modelVersionId: string;
  readonly name: string | null;
  readonly parameters: JsonObject;
  readonly trainingDataset: string | null;
  readonly validationDataset: string | null;
  readonly testDataset: string | null;
  readonly evaluations: JsonObject;
  readonly artifactFilePaths: JsonObject | null;
  readonly tags: JsonObject | null;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly deletedAt: number | undefined;
}

/** What a needle has and nothing else. */
export const NEEDLE = { seed: 20_240_229, drift: 1000, release: 'golden' } as const;

/** The experiments, oldest first, so in the order of their ids. */
export function* generateExperiments(
  plan: Plan,
  dataSet: DataSet,
): Generator<GeneratedExperiment, void, void> {
  const step = PERIOD.length / dataSet.experiments;
  for (const placement of placeExperiments(plan, dataSet)) {
    yield makeExperiment(placement, step);
  }
}

/** @param step - the milliseconds between two experiments */
function makeExperiment(
  { index, model, needle, random }: Placement,
  step: number,
): GeneratedExperiment {
  const createdAt = Math.floor(PERIOD.start + step * (index + 0.9 * random.next()));
  const version = `${model.name}-${random.hex(6)}`;
  const store = `s3://${model.project.name}`;
  return {
    id: newId(createdAt, random),
    model,
    modelVersionId: version,
    name: random.chance(0.4) ? `run ${random.hex(4)}` : null,
    parameters: parametersOf(model, random, needle),
    trainingDataset: `${store}/train/${1 + random.below(60)}.parquet`,
    validationDataset: random.chance(0.8) ? `${store}/validation.parquet` : null,
    testDataset: random.chance(0.6) ? `${store}/test/${1 + random.below(5)}.parquet` : null,
    evaluations: evaluationsOf(model, random, needle),
    artifactFilePaths: random.chance(0.9) ? artifactsOf(store, version, random) : null,
    tags: needle || random.chance(0.9) ? tagsOf(random, needle) : null,
    createdAt,
    updatedAt: createdAt + random.below(3_600_000),
    // The benchmark's needles must stay where it looks for them.
    deletedAt: !needle && random.chance(0.005) ? createdAt + 86_400_000 : undefined,
  };
}

function parametersOf(model: PlannedModel, random: Random, needle: boolean): JsonObject {
  const parameters: JsonObject = { seed: needle ? NEEDLE.seed : random.below(10_000) };
  const spare = model.parameters.length - 4;
  collect(parameters, model.parameters, 0.05, spare, random, ({ draw }) => draw(random));
  return parameters;
}

function evaluationsOf(model: PlannedModel, random: Random, needle: boolean): JsonObject {
  const evaluations: JsonObject = {};
  const spare = model.evaluations.length - 3;
  collect(evaluations, model.evaluations, 0.08, spare, random, ({ draw }) =>
    draw(random, model.skill),
  );
  if (needle) evaluations['drift'] = NEEDLE.drift + random.below(10);
  return evaluations;
}

/** Sets a member for each item, but for a few that are missing: at most `spare`. */
function collect<Item extends { readonly key: string }>(
  into: JsonObject,
  items: readonly Item[],
  missing: number,
  spare: number,
  random: Random,
  valueOf: (item: Item) => Json,
): void {
  let left = spare;
  for (const item of items) {
    if (left > 0 && random.chance(missing)) left -= 1;
    else into[item.key] = valueOf(item);
  }
}

function artifactsOf(store: string, version: string, random: Random): JsonObject {
  const folder = `${store}/artifacts/${version}`;
  const artifacts: JsonObject = { model: `${folder}/model.onnx` };
  if (random.chance(0.5)) artifacts['checkpoint'] = `${folder}/step-${random.below(90_000)}.ckpt`;
  if (random.chance(0.3)) artifacts['plots'] = { roc: `${folder}/roc.png` };
  return artifacts;
}

const TEAMS = ['vision', 'language', 'risk', 'growth', 'search', 'platform', 'research', 'ads'];
const STAGES = ['development', 'development', 'development', 'staging', 'production'];

function tagsOf(random: Random, needle: boolean): JsonObject {
  const tags: JsonObject = { team: random.pick(TEAMS), stage: random.pick(STAGES) };
  if (random.chance(0.8)) tags['git_commit'] = random.hex(40);
  if (random.chance(0.7)) tags['owner'] = `user${random.below(300)}`;
  if (needle) tags['release'] = NEEDLE.release;
  return tags;
}
