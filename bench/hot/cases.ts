import type { Call } from '../support/caller.js';
import { makeBodies } from './bodies.js';
import type { Stock } from './stock.js';

/** A kind of request that is measured under load. Model DB and the floor get the very same ones. */
export interface HotCase {
  readonly name: string;
  readonly calls: (stock: Stock) => readonly Call[];
  /** Ids and times in the answer are new each time. */
  readonly writes?: boolean;
  /** It asks for projects that have nothing to do with each other. */
  readonly acrossProjects?: boolean;
  /** With an `Idempotency-Key`, another one each time. */
  readonly keyed?: boolean;
}

const post = (path: string, members: object): Call => ({
  method: 'POST',
  path,
  body: JSON.stringify(members),
});
const get = (path: string): Call => ({ method: 'GET', path });

/** More than there are connections. */
const BODIES = 256;
/** How often the numbers of an experiment change before they repeat: a merge of what is there would have less to do. */
const VERSIONS = 3;

const creates = ({ growingModel }: Stock): Call[] =>
  makeBodies(BODIES).map((body) => post('/experiments', { model_id: growingModel, ...body }));

/** For each experiment in turn, then for each again with other values. */
const merges = ({ experiments }: Stock, path: string, members: (value: number) => object): Call[] =>
  Array.from({ length: VERSIONS }, (_, version) =>
    experiments.map((id, index) =>
      post(`/experiments/${path}/${id}`, members(version * experiments.length + index)),
    ),
  ).flat();

export const HOT_CASES: readonly HotCase[] = [
  {
    name: 'get experiment by id',
    calls: ({ experiments }) => experiments.map((id) => get(`/experiments/id/${id}`)),
  },
  {
    name: 'get project by name',
    acrossProjects: true,
    calls: ({ projectNames }) =>
      projectNames.map((name) => get(`/projects/name/${encodeURIComponent(name)}`)),
  },
  { name: 'create experiment', writes: true, calls: creates },
  { name: 'create experiment with a key', writes: true, keyed: true, calls: creates },
  {
    name: 'merge evaluations',
    writes: true,
    calls: (stock) =>
      merges(stock, 'evaluations', (value) => ({
        evaluations: { accuracy: value / 1000, 'F1 score': value / 1001 },
      })),
  },
  {
    name: 'merge artifact paths',
    writes: true,
    calls: (stock) =>
      merges(stock, 'artifact-file-paths', (value) => ({
        artifact_file_paths: { checkpoint: `s3://bench/checkpoints/step-${value}.ckpt` },
      })),
  },
  {
    name: 'page of 100 experiments',
    calls: ({ listedModel }) => [get(`/experiments/model-id/${listedModel}?limit=100`)],
  },
  {
    name: 'page of 100 projects',
    acrossProjects: true,
    calls: () => [get('/projects/all?limit=100')],
  },
];
