import { METRIC_BATCH, metricBatches } from '../batches/metric-points.js';
import { generateExperiments, type GeneratedExperiment } from '../data/experiment.js';
import { makePlan, type Plan, type PlannedModel } from '../data/plan.js';
import { WrongAnswerError, type Call, type Caller } from '../support/caller.js';

/** How much is written. */
export interface Amounts {
  readonly experiments: number;
  readonly points: number;
  readonly changes: number;
}

const BATCH = 1000;

/** The models of `bench:fill`, by the ids that the service gave them. */
export interface MadePlan {
  readonly plan: Plan;
  readonly ids: ReadonlyMap<PlannedModel, string>;
}

/** Makes projects and models. */
export async function makeModels(caller: Caller): Promise<MadePlan> {
  const plan = makePlan(1);
  const { projects, models } = plan;
  const made = await post<Made[]>(caller, '/projects/batch', {
    projects: projects.map(({ name }) => ({ project_name: name })),
  });
  const ids = new Map<PlannedModel, string>();
  for (let at = 0; at < models.length; at += BATCH) {
    const some = models.slice(at, at + BATCH);
    const answered = await post<Made[]>(caller, '/models/batch', {
      models: some.map(({ project, name }) => ({
        project_id: made[projects.indexOf(project)]?.project_id,
        model_name: name,
      })),
    });
    for (const [place, model] of some.entries()) ids.set(model, answered[place]?.model_id ?? '');
  }
  return { plan, ids };
}

/** Records experiments as `bench:fill` makes them, but through the service. @returns their ids */
export async function recordExperiments(
  caller: Caller,
  { plan, ids: modelIds }: MadePlan,
  experiments: number,
): Promise<string[]> {
  const ids: string[] = [];
  let batch: object[] = [];
  const send = async (): Promise<void> => {
    const made = await post<Made[]>(caller, '/experiments/batch', { experiments: batch });
    ids.push(...made.map(({ experiment_id: id }) => id));
    batch = [];
  };
  for (const experiment of generateExperiments(plan, { seed: 1, experiments })) {
    batch.push({ model_id: modelIds.get(experiment.model), ...bodyOf(experiment) });
    if (batch.length === BATCH) await send();
  }
  if (batch.length > 0) await send();
  return ids;
}

/** Adds points to one experiment after the other, a thousand to each of ten curves. */
export async function recordPoints(
  caller: Caller,
  ids: readonly string[],
  points: number,
): Promise<void> {
  const batches = Math.ceil(points / METRIC_BATCH);
  const next = metricBatches(1);
  for (let at = 0; at < batches; at += 1) {
    await post(caller, `/experiments/id/${ids[at % ids.length] ?? ''}/metrics`, {
      metrics: next(),
    });
  }
}

/** Merges one evaluation into one experiment after the other. */
export async function changeExperiments(
  caller: Caller,
  ids: readonly string[],
  changes: number,
): Promise<void> {
  for (let at = 0; at < changes; at += 1) {
    const path = `/experiments/evaluations/${ids[(at * 37) % ids.length] ?? ''}`;
    await post(caller, path, { evaluations: { late: at } }, { 'idempotency-key': `change ${at}` });
  }
}

interface Made {
  readonly project_id: string;
  readonly model_id: string;
  readonly experiment_id: string;
}

function bodyOf(experiment: GeneratedExperiment): object {
  return {
    model_version_id: experiment.modelVersionId,
    experiment_name: experiment.name,
    parameters: experiment.parameters,
    training_dataset: experiment.trainingDataset,
    validation_dataset: experiment.validationDataset,
    test_dataset: experiment.testDataset,
    evaluations: experiment.evaluations,
    artifact_file_paths: experiment.artifactFilePaths,
    tags: experiment.tags,
  };
}

async function post<Body>(
  caller: Caller,
  path: string,
  body: object,
  headers: Call['headers'] = {},
): Promise<Body> {
  const answer = await caller.send({ method: 'POST', path, body: JSON.stringify(body), headers });
  if (answer.status !== 200) {
    throw new WrongAnswerError(
      `POST ${path}: status ${answer.status}: ${answer.body.slice(0, 200)}`,
    );
  }
  return JSON.parse(answer.body) as Body;
}
