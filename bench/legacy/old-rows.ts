import { generateExperiments, type GeneratedExperiment } from '../data/experiment.js';
import { makePlan, type Plan, type PlannedModel } from '../data/plan.js';
import { OLD_COLUMNS, type OldTable } from './old-tables.js';

/** A value as a column of the old database holds it. */
export type OldValue = string | null;

/** A row of the old database, and what is wrong with it, if something was planted. */
export interface OldRow {
  readonly table: OldTable;
  readonly values: readonly OldValue[];
  readonly planted?: Planted;
}

/** A defect, as the import is to tell of it. */
export interface Planted {
  readonly kind: 'project' | 'model' | 'experiment';
  readonly id: string | null;
  readonly problem: string;
}

type Values = Record<string, OldValue>;

/** In every thousand experiments, the ones with these numbers are broken. */
const PERIOD = 1000;
const BROKEN: Readonly<Record<number, (row: Values) => readonly [Values, string]>> = {
  100: (row) => [{ ...row, model_id: 'never-there' }, 'orphan'],
  250: (row) => [{ ...row, parameters: '[0.1, "a list"]' }, 'not_an_object'],
  400: (row) => [{ ...row, evaluations: '0.93' }, 'not_an_object'],
  550: (row) => [{ ...row, parameters: '{"note": "\\u0000"}' }, 'not_storable'],
  700: (row) => [{ ...row, model_version_id: null }, 'missing_value'],
  850: (row) => [{ ...row, model_version_id: '' }, 'not_storable'],
};
/** Parameters and evaluations that an experiment has, at most. */
const MEMBERS = 5;
/** The one with this number is there twice. */
const TWICE = 950;

/** Every row that the old database has: the benchmarks' experiments, as the old service would have kept them, and defects. */
export function* oldRows(experiments: number): Generator<OldRow, void, void> {
  const plan = makePlan(1);
  yield* oldProjects(plan);
  yield* oldModels(plan);
  let number = 0;
  for (const experiment of generateExperiments(plan, { seed: 1, experiments })) {
    const row = oldExperiment(experiment);
    const spoil = BROKEN[number % PERIOD];
    if (spoil) {
      const [broken, problem] = spoil(row);
      yield rowOf('experiments', broken, { kind: 'experiment', id: experiment.id, problem });
    } else {
      yield rowOf('experiments', row);
    }
    if (number % PERIOD === TWICE) {
      const again = {
        ...row,
        created_datetime: time(experiment.createdAt + 1000),
        parameters: null,
      };
      const planted = { kind: 'experiment', id: experiment.id, problem: 'duplicate_id' } as const;
      yield rowOf('experiments', again, planted);
    }
    number += 1;
  }
}

/** All that the import has to tell of. */
export function plantedIn(experiments: number): Planted[] {
  const all: Planted[] = [];
  for (const { planted } of oldRows(experiments)) if (planted) all.push(planted);
  return all;
}

function* oldProjects({ projects }: Plan): Generator<OldRow, void, void> {
  for (const { id, name, createdAt } of projects) {
    yield rowOf('projects', project(id, name, createdAt));
  }
  for (const { id, name, createdAt } of projects.slice(0, 3)) {
    const later = createdAt + 3_600_000;
    const again = { kind: 'project', id, problem: 'duplicate_id' } as const;
    yield rowOf('projects', project(id, `${name} again`, later), again);
    const colliding = { kind: 'project', id: `${id}-2`, problem: 'name_collision' } as const;
    yield rowOf('projects', project(colliding.id, name, later), colliding);
  }
}

function* oldModels({ models }: Plan): Generator<OldRow, void, void> {
  for (const one of models) yield rowOf('models', model(one.id, one));
  for (const one of models.slice(0, 3)) {
    const later = { ...one, createdAt: one.createdAt + 3_600_000 };
    const colliding = { kind: 'model', id: `${one.id}-2`, problem: 'name_collision' } as const;
    yield rowOf('models', model(colliding.id, later), colliding);
    const lost = { kind: 'model', id: `${one.id}-3`, problem: 'orphan' } as const;
    yield rowOf('models', { ...model(lost.id, later), project_id: 'never-there' }, lost);
  }
}

function project(id: string, name: string, createdAt: number): Values {
  return { project_id: id, project_name: name, created_datetime: time(createdAt) };
}

function model(id: string, { name, project: { id: projectId }, createdAt }: PlannedModel): Values {
  const of = { project_id: projectId, model_name: name, description: 'moved "as is"\n' };
  return { model_id: id, ...of, created_datetime: time(createdAt) };
}

function oldExperiment(one: GeneratedExperiment): Values {
  return {
    experiment_id: one.id,
    model_version_id: one.modelVersionId,
    model_id: one.model.id,
    parameters: JSON.stringify(firstOf(one.parameters)),
    training_dataset: one.trainingDataset,
    validation_dataset: one.validationDataset,
    test_dataset: one.testDataset,
    evaluations: JSON.stringify(firstOf(one.evaluations)),
    // What SQLAlchemy writes for nothing.
    artifact_file_paths: one.artifactFilePaths ? JSON.stringify(one.artifactFilePaths) : 'null',
    created_datetime: time(one.createdAt),
  };
}

/** The old service's experiments are small. */
function firstOf(members: object): object {
  return Object.fromEntries(Object.entries(members).slice(0, MEMBERS));
}

/** As both databases of the old service write it. */
function time(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace('T', ' ').replace('Z', '000');
}

function rowOf(table: OldTable, row: Values, planted?: Planted): OldRow {
  const values = OLD_COLUMNS[table].map((column) => row[column] ?? null);
  return { table, values, ...(planted && { planted }) };
}
