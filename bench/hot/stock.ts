import { randomUUID } from 'node:crypto';
import { WrongAnswerError, type Caller } from '../support/caller.js';
import { makeBodies } from './bodies.js';

/** What there is to read and to change. */
export interface Stock {
  /** The project of its models. */
  readonly project: string;
  /** Its experiments are listed: more than one page, and nothing is added to them. */
  readonly listedModel: string;
  /** Takes the experiments that are created. */
  readonly growingModel: string;
  readonly projectNames: readonly string[];
  /** Experiments that are read and merged into: so many that one is rarely merged into twice in a short time. */
  readonly experiments: readonly string[];
}

const LISTED = 150;
const CHANGED = 1024;
/** As many as organisations have: with a handful, PostgreSQL would rather sort them than walk their index. */
const PROJECTS = 1024;

/** Makes it through Model DB, under new names: a database may be measured again. */
export async function makeStock(caller: Caller): Promise<Stock> {
  const run = randomUUID().slice(0, 8);
  const projectNames = Array.from({ length: PROJECTS }, (_, index) => `bench ${run} ${index}`);
  let project = '';
  for (const name of projectNames) {
    project = await create(caller, '/projects', 'project_id', { project_name: name });
  }
  const model = (name: string): Promise<string> =>
    create(caller, '/models', 'model_id', { project_id: project, model_name: name });
  const listedModel = await model('listed');
  const changedModel = await model('changed');
  const growingModel = await model('growing');

  const fillModel = async (id: string, count: number): Promise<string[]> => {
    const ids: string[] = [];
    for (const body of makeBodies(count)) {
      ids.push(await create(caller, '/experiments', 'experiment_id', { ...body, model_id: id }));
    }
    return ids;
  };
  await fillModel(listedModel, LISTED);
  const experiments = await fillModel(changedModel, CHANGED);
  return { project, listedModel, growingModel, projectNames, experiments };
}

async function create(
  caller: Caller,
  path: string,
  idMember: string,
  members: object,
): Promise<string> {
  const call = { method: 'POST', path, body: JSON.stringify(members) } as const;
  const { status, body } = await caller.send(call);
  if (status !== 200) throw new WrongAnswerError(`POST ${path}: status ${status}: ${body}`);
  return String((JSON.parse(body) as Record<string, unknown>)[idMember]);
}
