import type { Experiment, Model, ModelDbClient } from './api-client.js';
import { CLASSIFIERS } from './classifiers.js';
import { loadIris } from './dataset.js';
import type { Options } from './options.js';
import type { OutputFolder, Promised } from './output-folder.js';
import type { Progress } from './progress.js';
import { rank } from './ranking.js';
import { formatRanking, formatTable } from './table.js';
import { describeTraining, recordTraining, type Training } from './training.js';
import { findDamage } from './verification.js';
import { printDamage } from './verify.js';

const PROJECT = 'iris';
const DESCRIPTION = "Which classifier tells Fisher's iris species apart best?";

/** Trains the whole grid, records it, and judges by what the service gives back. */
export async function train(
  client: ModelDbClient,
  folder: OutputFolder,
  progress: Progress,
  options: Options,
): Promise<boolean> {
  const started = performance.now();
  folder.prepare();
  const before = await takeStock(client);
  const trainings = await plan(client, options.seeds);
  console.log(`Recording ${trainings.length} trainings at ${options.url}`);
  console.log(`Trained models and acknowledged ids: ${folder.path}\n`);

  const promises: Promised[] = [];
  progress.start(trainings.length);
  for (const training of trainings) {
    progress.step(describeTraining(training));
    promises.push(await recordTraining(training, client, folder));
  }
  progress.clear();

  const after = await takeStock(client);
  const damages = findDamage(promises, after.experiments);
  const names = new Map(after.models.map(({ model_id, model_name }) => [model_id, model_name]));
  const ours = new Set(promises.map(({ experiment_id }) => experiment_id));
  const ofThisRun = after.experiments.filter(({ experiment_id }) => ours.has(experiment_id));
  console.log(`\n${formatRanking(rank(ofThisRun, names))}\n`);
  console.log(`${compareStock(before, after)}\n`);
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  const intact = promises.length - damages.length;
  console.log(`${promises.length} recorded, ${intact} read back value for value, in ${seconds} s`);
  printDamage(damages);
  return damages.length === 0;
}

/** Registers project and models; asked for by name, so a second run finds those of the first. */
async function plan(client: ModelDbClient, seeds: readonly number[]): Promise<Training[]> {
  const { project_id } = await client.getOrCreateProject(PROJECT, DESCRIPTION);
  const splits = seeds.map((seed) => ({ seed, dataset: loadIris(seed) }));
  const trainings: Training[] = [];
  for (const classifier of CLASSIFIERS) {
    const { name, description, candidates } = classifier;
    const { model_id } = await client.getOrCreateModel(project_id, name, description);
    for (const candidate of candidates) {
      const common = { classifier, candidate, modelId: model_id };
      trainings.push(...splits.map((split) => ({ ...common, ...split })));
    }
  }
  return trainings;
}

interface Stock {
  readonly projects: number;
  readonly models: readonly Model[];
  readonly experiments: readonly Experiment[];
}

async function takeStock(client: ModelDbClient): Promise<Stock> {
  const all = await client.listProjects();
  const projects = all.filter(({ project_name }) => project_name === PROJECT);
  const [project] = projects;
  return {
    projects: projects.length,
    models: project ? await client.listModels(project.project_id) : [],
    experiments: project ? await client.listExperiments(project.project_id) : [],
  };
}

function compareStock(before: Stock, after: Stock): string {
  const rows = [
    [`projects named ${PROJECT}`, before.projects, after.projects],
    ['models in it', before.models.length, after.models.length],
    ['experiments in it', before.experiments.length, after.experiments.length],
  ].map((row) => row.map(String));
  return formatTable(['', 'before', 'after'], rows, new Set([1, 2]));
}
