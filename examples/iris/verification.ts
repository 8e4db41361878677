import { isDeepStrictEqual } from 'node:util';
import type { Experiment, JsonObject, ModelDbClient } from './api-client.js';
import { ApiError } from './errors.js';
import type { Promised } from './output-folder.js';

/** An experiment that is not as it was acknowledged, and in which fields; empty: it is gone. */
export interface Damage {
  readonly experimentId: string;
  readonly fields: readonly string[];
}

type Comparison = (promised: Promised, experiment: Experiment) => string[];

/** After a complete run everything is known: each field has to come back value for value. */
const differingFields: Comparison = (promised, experiment) =>
  Object.entries(promised)
    .filter(([field, value]) => !isDeepStrictEqual(asSent(value), fieldOf(experiment, field)))
    .map(([field]) => field);

/**
 * After a crash a merge may be stored whose answer never arrived. So keys beyond the acknowledged
 * ones are no damage; an acknowledged key that is missing or different is.
 */
const lostFields: Comparison = (promised, experiment) => {
  const { evaluations, artifact_file_paths, ...rest } = promised;
  const lost = differingFields(rest, experiment);
  if (!holds(experiment.evaluations, evaluations)) lost.push('evaluations');
  if (!holds(experiment.artifact_file_paths, artifact_file_paths)) lost.push('artifact_file_paths');
  return lost;
};

/** Compares a run's experiments with what the project's list gives back. */
export function findDamage(
  promises: readonly Promised[],
  experiments: readonly Experiment[],
): Damage[] {
  const byId = new Map(experiments.map((experiment) => [experiment.experiment_id, experiment]));
  return promises.flatMap((promised) => {
    return damageOf(promised, byId.get(promised.experiment_id), differingFields);
  });
}

/** Asks for each acknowledged experiment by its id, as after the service was killed. */
export async function findLosses(
  promises: readonly Promised[],
  client: ModelDbClient,
  onEach: (experimentId: string) => void,
): Promise<Damage[]> {
  const losses: Damage[] = [];
  for (const promised of promises) {
    onEach(promised.experiment_id);
    const experiment = await find(client, promised.experiment_id);
    losses.push(...damageOf(promised, experiment, lostFields));
  }
  return losses;
}

function damageOf(
  promised: Promised,
  found: Experiment | undefined,
  compare: Comparison,
): Damage[] {
  const experimentId = promised.experiment_id;
  if (!found) return [{ experimentId, fields: [] }];
  const fields = compare(promised, found);
  return fields.length === 0 ? [] : [{ experimentId, fields }];
}

async function find(client: ModelDbClient, experimentId: string): Promise<Experiment | undefined> {
  try {
    return await client.getExperiment(experimentId);
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return undefined;
    throw error;
  }
}

function holds(actual: JsonObject | null, promised: JsonObject = {}): boolean {
  return Object.entries(promised).every(([key, value]) =>
    isDeepStrictEqual(asSent(value), actual?.[key]),
  );
}

/** What JSON makes of a value: -0 becomes 0, undefined keys vanish. */
function asSent(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}

function fieldOf(experiment: Experiment, field: string): unknown {
  return (experiment as unknown as Record<string, unknown>)[field];
}
