import type { NewExperiment, NewPoints } from '#experiment';
import type { DemoModel, DemoProject } from './demo-data.js';

/** An experiment of the demo, and its learning curves, if it has some. */
export interface DemoExperiment {
  readonly experiment: NewExperiment;
  readonly points: NewPoints | undefined;
}

/** An experiment for every combination of the parameters. The same each time: nothing is left to chance. */
export function demoExperiments(
  project: DemoProject,
  model: DemoModel,
  modelId: string,
): DemoExperiment[] {
  return combinations(model.parameters).map((parameters, index) => {
    const accuracy = round(model.best - 0.18 * wave(index + model.name.length));
    const loss = round(1.2 * (1 - accuracy));
    const run = `run-${String(index + 1).padStart(3, '0')}`;
    const evaluations = {
      accuracy,
      loss,
      f1: round(accuracy - 0.03 * wave(index * 3)),
      latency_ms: { p50: round(4 + model.epochs / 4), p99: round(9 + model.epochs) },
    };
    const experiment: NewExperiment = {
      modelId,
      modelVersionId: `v${String(index + 1)}`,
      experimentName: run,
      description: null,
      parameters: JSON.stringify(parameters),
      trainingDataset: `${project.dataset}/train`,
      validationDataset: `${project.dataset}/validation`,
      testDataset: `${project.dataset}/test`,
      evaluations: JSON.stringify(evaluations),
      artifactFilePaths: JSON.stringify({ model: `s3://demo/models/${run}/model.onnx` }),
      tags: JSON.stringify({ team: project.team, stage: index === 0 ? 'production' : 'trial' }),
    };
    return {
      experiment,
      points: model.epochs > 0 ? curves(model.epochs, accuracy, loss) : undefined,
    };
  });
}

function combinations(choices: DemoModel['parameters']): Record<string, number | string>[] {
  return Object.entries(choices).reduce<Record<string, number | string>[]>(
    (some, [name, values]) =>
      some.flatMap((one) => values.map((value) => ({ ...one, [name]: value }))),
    [{}],
  );
}

/** Curves that come to rest where the experiment ended. */
function curves(epochs: number, accuracy: number, loss: number): NewPoints {
  const steps = Array.from({ length: epochs }, (_, index) => index + 1);
  const missing = (step: number): number => Math.exp((-5 * step) / epochs) * (1 + 0.2 * wave(step));
  const accuracies = steps.map((step) => String(round(accuracy * (1 - missing(step)))));
  const losses = steps.map((step) => String(round(loss + 2 * missing(step))));
  return {
    keys: ['accuracy', 'loss'],
    times: [null],
    keyPlaces: [...steps.map(() => 1), ...steps.map(() => 2)],
    timePlaces: [...steps, ...steps].map(() => 1),
    steps: [...steps, ...steps],
    values: [...accuracies, ...losses],
  };
}

/** From 0 to 1, up and down without a pattern that meets the eye. */
function wave(index: number): number {
  return (1 + Math.sin(index * 12.9898)) / 2;
}

function round(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}
