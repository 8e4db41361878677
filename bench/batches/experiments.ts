import type { Client } from 'pg';
import { v7 as uuidv7 } from 'uuid';
import { line } from '../data/copy-text.js';
import { makeBodies, type Body } from '../hot/bodies.js';
import type { BatchCase } from './cases.js';
import { sender } from './contestant.js';
import { copier, type CopiedRows } from './copy.js';

const ROWS = 1000;

/** A number of an experiment, as it is indexed. */
interface Leaf {
  readonly at: number;
  readonly key: string;
  readonly value: string;
}

/** A batch of experiments, each with its numbers in the index of evaluations. */
export const EXPERIMENTS: BatchCase = {
  name: 'batches: 1,000 experiments',
  rows: ROWS,
  async enter({ modelDb, stock: { growingModel }, client }) {
    const bodies = makeBodies(ROWS);
    const experiments = bodies.map((body) => ({ model_id: growingModel, ...body }));
    const call = {
      method: 'POST',
      path: '/experiments/batch',
      body: JSON.stringify({ experiments }),
    } as const;
    const project = await projectOf(client, growingModel);
    const leaves = await leavesOf(client, bodies);
    return {
      modelDb: sender(modelDb, () => call),
      copy: copier(client, () => rowsOf(bodies, leaves, growingModel, project)),
    };
  },
};

async function projectOf(client: Client, model: string): Promise<string> {
  const { rows } = await client.query<{ project_id: string }>(
    'SELECT project_id FROM models WHERE model_id = $1',
    [model],
  );
  return rows[0]?.project_id ?? '';
}

async function leavesOf(client: Client, bodies: readonly Body[]): Promise<Leaf[]> {
  const { rows } = await client.query<Leaf>(
    `SELECT document.at::int - 1 AS at, leaf.key, leaf.value::text
     FROM unnest($1::text[]) WITH ORDINALITY document (text, at), numeric_leaves(text::jsonb) leaf`,
    [bodies.map(({ evaluations }) => JSON.stringify(evaluations))],
  );
  return rows;
}

const DOCUMENTS = ['parameters', 'evaluations', 'artifact_file_paths', 'tags'] as const;
const TEXTS = [
  'model_version_id',
  'experiment_name',
  'description',
  'training_dataset',
  'validation_dataset',
  'test_dataset',
] as const;

/** The same experiments with new ids. */
function rowsOf(
  bodies: readonly Body[],
  leaves: readonly Leaf[],
  model: string,
  project: string,
): CopiedRows[] {
  const ids = bodies.map(() => uuidv7());
  const members = [...TEXTS, ...DOCUMENTS] as const;
  return [
    {
      table: 'experiments',
      columns: ['experiment_id', 'project_id', 'model_id', ...members],
      lines: bodies.map((body, at) =>
        line(ids[at], project, model, ...members.map((member) => body[member])),
      ),
    },
    {
      table: 'experiment_evaluations',
      columns: ['experiment_id', 'key', 'value', 'model_id', 'project_id'],
      lines: leaves.map(({ at, key, value }) => line(ids[at], key, value, model, project)),
    },
  ];
}
