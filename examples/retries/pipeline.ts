import type { CarelessClient } from './careless-client.js';

const MODELS = 3;
const EPOCHS = 4;

interface Experiment {
  readonly experiment_id: string;
  readonly description: string | null;
  readonly evaluations: Readonly<Record<string, number>> | null;
  readonly artifact_file_paths: object | null;
}

/** What the ledger holds, against what was written. */
export interface Outcome {
  readonly writes: number;
  readonly expected: number;
  readonly found: number;
  /** What is wrong with the experiments that were found. */
  readonly faults: readonly string[];
}

/**
 * Writes a project with models and `experiments` experiments, all models at once, each experiment with epochs that
 * overwrite one another, and looks at what has become of it.
 */
export async function runPipeline(
  client: CarelessClient,
  name: string,
  experiments: number,
): Promise<Outcome> {
  let writes = 0;
  const write: CarelessClient['write'] = (...request) => {
    writes += 1;
    return client.write(...request);
  };
  const project = (await write('POST', '/projects', { project_name: name })) as Identified;
  const shares = Array.from({ length: MODELS }, (_, index) =>
    Array.from({ length: experiments }, (__, number) => number).filter(
      (number) => number % MODELS === index,
    ),
  );
  await Promise.all(
    shares.map(async (numbers, index) => {
      const body = { project_id: project.project_id, model_name: `model ${String(index)}` };
      const model = (await write('POST', '/models', body)) as Identified;
      for (const number of numbers) await record(write, model.model_id, number);
    }),
  );
  await client.settle();
  const list = await client.read(`/experiments/project-id/${project.project_id}`);
  const found = list as readonly Experiment[];
  return { writes, expected: experiments, found: found.length, faults: found.flatMap(faultsOf) };
}

type Identified = Readonly<Record<'project_id' | 'model_id' | 'experiment_id', string>>;

async function record(
  write: CarelessClient['write'],
  modelId: string,
  number: number,
): Promise<void> {
  const body = { model_id: modelId, model_version_id: `run ${String(number)}` };
  const { experiment_id: id } = (await write('POST', '/experiments', body)) as Identified;
  for (let epoch = 1; epoch <= EPOCHS; epoch += 1) {
    await write('POST', `/experiments/evaluations/${id}`, { evaluations: { epoch } });
  }
  await write('POST', `/experiments/artifact-file-paths/${id}`, {
    artifact_file_paths: { model: `s3://models/${id}` },
  });
  await write('PATCH', `/experiments/id/${id}`, { description: 'draft' });
  await write('PATCH', `/experiments/id/${id}`, { description: 'done' });
}

/** A repetition that came late and was carried out again would have put back an older state. */
function faultsOf({
  experiment_id: id,
  description,
  evaluations,
  artifact_file_paths: paths,
}: Experiment): string[] {
  const faults: string[] = [];
  if (evaluations?.['epoch'] !== EPOCHS) faults.push(`${id}: not in its last epoch`);
  if (description !== 'done') faults.push(`${id}: not in its last description`);
  if (paths === null) faults.push(`${id}: without its model`);
  return faults;
}
