import { v7 as uuidv7 } from 'uuid';
import { EVALUATIONS, type Evaluation } from './evaluations.js';
import { PARAMETERS, type Parameter } from './parameters.js';
import { Random } from './random.js';

/** Two years, in milliseconds from the first experiment to after the last. */
export const PERIOD = { start: Date.UTC(2024, 0, 1), length: 730 * 86_400_000 } as const;

export interface PlannedProject {
  readonly id: string;
  readonly name: string;
  readonly createdAt: number;
}

/** A model, and what its team records of each training. */
export interface PlannedModel {
  readonly id: string;
  readonly name: string;
  readonly project: PlannedProject;
  readonly createdAt: number;
  readonly deletedAt: number | undefined;
  readonly parameters: readonly Parameter[];
  readonly evaluations: readonly Evaluation[];
  readonly skill: number;
}

/** How large the probe is: the same in every data set, so that scopes of equal size can be compared. */
export const PROBE = { project: 'probe', model: 'probe-main', experiments: 5000 } as const;

/** Of five experiments of the probe, two belong to its first model; the others have one each. */
const PROBE_MODELS = [PROBE.model, PROBE.model, 'probe-a', 'probe-b', 'probe-c'] as const;

/** The projects and models, and which of them an experiment belongs to. */
export interface Plan {
  readonly projects: readonly PlannedProject[];
  readonly models: readonly PlannedModel[];
  /** The model of the n-th experiment of the probe. */
  readonly probeModel: (ordinal: number) => PlannedModel;
  /** The model of any other experiment: few have most of them. */
  readonly drawModel: (random: Random) => PlannedModel;
}

const PROJECTS = 200;
/** By their rank in size: two models that were deleted with all their experiments. */
const DELETED_MODELS = [500, 900];

const SUBJECTS = ['fraud', 'churn', 'search', 'pricing', 'vision', 'speech', 'forecast', 'ads'];
const PLACES = ['eu', 'us', 'apac', 'latam', 'global'];
const FAMILIES = ['resnet', 'xgboost', 'transformer', 'linear', 'lstm', 'forest', 'mlp', 'gnn'];

/** Sizes follow Zipf's law: the project of rank r has 1/r of the largest one's experiments, likewise its models. */
export function makePlan(seed: number): Plan {
  const random = new Random(seed, -1);
  const projects: PlannedProject[] = [];
  const models: PlannedModel[] = [];
  const weights: number[] = [];

  const addProject = (name: string): PlannedProject => {
    const createdAt = PERIOD.start - (PROJECTS - projects.length + 1) * 3_600_000;
    const project = { id: newId(createdAt, random), name, createdAt };
    projects.push(project);
    return project;
  };

  for (let rank = 1; rank <= PROJECTS; rank += 1) {
    const name = `${random.pick(SUBJECTS)}-${random.pick(PLACES)}-${rank}`;
    const project = addProject(name);
    const count = 3 + random.below(14);
    const whole = harmonic(count);
    for (let place = 1; place <= count; place += 1) {
      const number = models.length;
      const deleted = DELETED_MODELS.includes(number);
      models.push(newModel(project, `${random.pick(FAMILIES)}-${number}`, random, deleted));
      weights.push(1 / rank / place / whole);
    }
  }
  const drawModel = weighted(models, weights);

  const probe = addProject(PROBE.project);
  const probes = new Map(
    [...new Set(PROBE_MODELS)].map((name) => [name, probeModelNamed(probe, name, random)]),
  );
  const probeModel = (ordinal: number): PlannedModel =>
    found(probes.get(found(PROBE_MODELS[ordinal % PROBE_MODELS.length])));
  return { projects, models: [...models, ...probes.values()], probeModel, drawModel };
}

export function newId(milliseconds: number, random: Random): string {
  return uuidv7({ msecs: milliseconds, random: random.bytes(16) });
}

function newModel(
  project: PlannedProject,
  name: string,
  random: Random,
  deleted: boolean,
): PlannedModel {
  const createdAt = project.createdAt + 1 + random.below(1_800_000);
  return {
    id: newId(createdAt, random),
    name,
    project,
    createdAt,
    deletedAt: deleted ? PERIOD.start + PERIOD.length : undefined,
    // An experiment has a seed as well, and may lack a few of these.
    parameters: random.sample(PARAMETERS, 6 + random.below(24)),
    evaluations: random.sample(EVALUATIONS, 4 + random.below(9)),
    skill: random.between(0.55, 0.95),
  };
}

/** The benchmark asks for these keys, so the probe has them in every data set. */
function probeModelNamed(project: PlannedProject, name: string, random: Random): PlannedModel {
  const asked = new Set(['accuracy', 'F1 score', 'loss', 'val', 'drift', 'latency_ms']);
  return {
    ...newModel(project, name, random, false),
    parameters: PARAMETERS.slice(0, 6).concat(PARAMETERS.filter(({ key }) => key === 'optimizer')),
    evaluations: EVALUATIONS.filter(({ key }) => asked.has(key)),
    skill: 0.8,
  };
}

function harmonic(count: number): number {
  let sum = 0;
  for (let term = 1; term <= count; term += 1) sum += 1 / term;
  return sum;
}

/** A draw from items of which each is as likely as its weight says. */
function weighted<T>(items: readonly T[], weights: readonly number[]): (random: Random) => T {
  let sum = 0;
  const upTo = Float64Array.from(weights, (weight) => (sum += weight));
  return (random) => {
    const drawn = random.next() * sum;
    let low = 0;
    let high = upTo.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((upTo[middle] ?? 0) > drawn) high = middle;
      else low = middle + 1;
    }
    return found(items[low]);
  };
}

function found<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('The plan has a hole.');
  return value;
}
