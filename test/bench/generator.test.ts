import { describe, expect, it } from '@jest/globals';
import { generateExperiments, NEEDLE } from '../../bench/data/experiment.js';
import { placeExperiments } from '../../bench/data/placement.js';
import { makePlan, PERIOD, PROBE } from '../../bench/data/plan.js';

const generate = (experiments: number, seed = 1) => [
  ...generateExperiments(makePlan(seed), { seed, experiments }),
];
const SAMPLE = generate(5000);

function share(name: string, experiments: typeof SAMPLE): number {
  return experiments.filter(({ model }) => model.project.name === name).length / experiments.length;
}

describe('the generated experiments', () => {
  it('depend on nothing but the seed', () => {
    expect(generate(300)).toEqual(generate(300));
    expect(generate(300, 2)).not.toEqual(generate(300));
  });

  it('have ids in the order of their times, which fill the period', () => {
    const ids = SAMPLE.map(({ id }) => id);
    expect(ids).toEqual([...new Set(ids)].sort());
    const times = SAMPLE.map(({ createdAt }) => createdAt);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    const day = 86_400_000;
    expect(times.at(0)).toBeLessThan(PERIOD.start + day);
    expect(times.at(-1)).toBeGreaterThan(PERIOD.start + PERIOD.length - day);
    const [first] = SAMPLE;
    expect(parseInt(first!.id.replaceAll('-', '').slice(0, 12), 16)).toBe(first!.createdAt);
  });

  it('have 5 to 30 parameters and 3 to 12 evaluations, but for a needle', () => {
    const counts = (of: 'parameters' | 'evaluations') =>
      SAMPLE.filter(({ tags }) => tags?.['release'] === undefined).map(
        (experiment) => Object.keys(experiment[of]).length,
      );
    const parameters = counts('parameters');
    expect([Math.min(...parameters), Math.max(...parameters)]).toEqual([5, 30]);
    const evaluations = counts('evaluations');
    expect([Math.min(...evaluations), Math.max(...evaluations)]).toEqual([3, 12]);
  });

  it('miss keys, mix types under a key, and hold NaN and infinities', () => {
    const types = new Set(SAMPLE.map(({ parameters }) => typeof parameters['batch_size']));
    expect(types).toEqual(new Set(['number', 'string', 'undefined']));
    const losses = new Set(SAMPLE.map(({ evaluations }) => evaluations['loss']));
    expect(losses).toContain('NaN');
    expect(losses).toContain('Infinity');
  });

  it('are spread over many projects, the large ones much larger', () => {
    const { projects } = makePlan(1);
    expect(projects).toHaveLength(201);
    const [first, second, , , , , , , , tenth] = projects.map(({ name }) => share(name, SAMPLE));
    expect(first! / second!).toBeGreaterThan(1.6);
    expect(first! / tenth!).toBeGreaterThan(7);
  });

  it('are deleted now and then', () => {
    const deleted = SAMPLE.filter(({ deletedAt }) => deletedAt !== undefined).length;
    expect(deleted / SAMPLE.length).toBeGreaterThan(0.003);
    expect(deleted / SAMPLE.length).toBeLessThan(0.007);
    expect(makePlan(1).models.filter(({ deletedAt }) => deletedAt !== undefined)).toHaveLength(2);
  });

  it('belong to the same projects and models, whatever their number', () => {
    const small = new Set(generate(2000).map(({ model }) => model.id));
    const known = new Set(makePlan(1).models.map(({ id }) => id));
    expect([...small].filter((id) => !known.has(id))).toEqual([]);
    expect(share('vision-us-1', generate(2000))).toBeCloseTo(share('vision-us-1', SAMPLE), 1);
  });
});

describe('the probe', () => {
  const countProbe = (experiments: number) => {
    let [project, model] = [0, 0];
    for (const { model: drawn } of placeExperiments(makePlan(1), { seed: 1, experiments })) {
      if (drawn.project.name === PROBE.project) project += 1;
      if (drawn.name === PROBE.model) model += 1;
    }
    return { project, model };
  };

  it.each([50_000, 50_001])('has 5000 experiments of %d, its model 2000', (experiments) => {
    expect(countProbe(experiments)).toEqual({ project: PROBE.experiments, model: 2000 });
  });

  it('has half of the eight needles', () => {
    for (const experiments of [100, 4001]) {
      const needles = generate(experiments).filter(
        ({ parameters }) => parameters['seed'] === NEEDLE.seed,
      );
      expect(needles).toHaveLength(8);
      expect(share(PROBE.project, needles)).toBe(0.5);
      expect(needles.every(({ tags }) => tags?.['release'] === NEEDLE.release)).toBe(true);
      expect(needles.every(({ deletedAt }) => deletedAt === undefined)).toBe(true);
      const drifts = needles.map(({ evaluations }) => evaluations['drift'] as number);
      expect(Math.min(...drifts)).toBeGreaterThanOrEqual(NEEDLE.drift);
    }
  });
});
