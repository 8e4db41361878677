import type { ModelDbClient, NewExperiment } from './api-client.js';
import type { Candidate, Classifier, TrainedModel } from './classifier.js';
import { libraryVersion } from './classifiers.js';
import { CLASS_NAMES, type Dataset, type LabelledRows } from './dataset.js';
import { evaluate, type ClassificationReport } from './metrics.js';
import { addPromise, type OutputFolder, type Promised } from './output-folder.js';

/** One training to do: a point of the grid on the split of one seed. */
export interface Training {
  readonly classifier: Classifier;
  readonly candidate: Candidate;
  readonly seed: number;
  readonly dataset: Dataset;
  readonly modelId: string;
}

/**
 * Does one training and records it as it proceeds, the way a pipeline does: the experiment before
 * the training, so that a crash leaves a trace of it; then evaluations, artifact and test result as
 * they come to exist.
 * @returns what the service has to give back for it.
 */
export async function recordTraining(
  training: Training,
  client: ModelDbClient,
  folder: OutputFolder,
): Promise<Promised> {
  const { candidate, dataset, seed } = training;
  const experiment = describeExperiment(training);
  const { experiment_id } = await client.createExperiment(experiment);
  let promised: Promised = { experiment_id, ...experiment };
  folder.created(promised);
  const acknowledged = (more: Omit<Promised, 'experiment_id'>): void => {
    folder.merged({ experiment_id, ...more });
    promised = addPromise(promised, { experiment_id, ...more });
  };

  const started = performance.now();
  const model = candidate.train(dataset.train, seed);
  const training_seconds = (performance.now() - started) / 1000;

  const evaluations = { ...judge(model, dataset.validation), training_seconds };
  await client.mergeEvaluations(experiment_id, evaluations);
  acknowledged({ evaluations });

  const artifact_file_paths = { model: folder.writeArtifact(experiment_id, model) };
  await client.mergeArtifactFilePaths(experiment_id, artifact_file_paths);
  acknowledged({ artifact_file_paths });

  const { accuracy, macro_f1 } = judge(model, dataset.test);
  const testResult = { test: { accuracy, macro_f1 } };
  await client.mergeEvaluations(experiment_id, testResult);
  acknowledged({ evaluations: testResult });
  return promised;
}

/** `knn k=5 distance=euclidean seed=7`, with the separator asked for. */
export function describeTraining(training: Training, separator = ' '): string {
  const settings = { ...training.candidate.hyperparameters, seed: training.seed };
  const pairs = Object.entries(settings).map(([name, value]) => `${name}=${value}`);
  return [training.classifier.name, ...pairs].join(separator);
}

function describeExperiment(training: Training): NewExperiment {
  const { classifier, candidate, seed, dataset } = training;
  const library = { name: classifier.library, version: libraryVersion(classifier.library) };
  return {
    model_id: training.modelId,
    model_version_id: describeTraining(training, ':'),
    parameters: { ...candidate.hyperparameters, seed, library },
    training_dataset: dataset.train.name,
    validation_dataset: dataset.validation.name,
    test_dataset: dataset.test.name,
  };
}

function judge(model: TrainedModel, { features, labels }: LabelledRows): ClassificationReport {
  const predicted = model.predict(features);
  return evaluate(CLASS_NAMES, labels, predicted, model.probabilities?.(features));
}
