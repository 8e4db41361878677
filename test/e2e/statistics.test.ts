import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Records } from '../support/records.js';
import { startService, type TestService } from '../support/service.js';

let service: TestService;
let records: Records;
beforeAll(async () => {
  service = await startService();
  records = new Records(service.http);
});
afterAll(() => service.stop());

const sql = (text: string, values: unknown[] = []) => service.database.sql.query(text, values);

/** Brings the index of evaluations in step with what is recorded. */
async function indexEvaluations(): Promise<void> {
  await sql(
    `INSERT INTO experiment_evaluations (experiment_id, key, value, model_id, project_id)
     SELECT e.experiment_id, leaf.key, leaf.value, e.model_id, e.project_id
     FROM experiments e, numeric_leaves(e.evaluations) leaf
     ON CONFLICT DO NOTHING`,
  );
}

interface Made {
  readonly project: string;
  readonly model: string;
  /** The ids of the experiments. */
  readonly ids: string[];
}

async function model(project?: string, ...experiments: object[]): Promise<Made> {
  const made = await records.model(project === undefined ? {} : { project_id: project });
  const ids: string[] = [];
  for (const fields of experiments) {
    const { experiment_id } = await records.experiment({ model_id: made.model_id, ...fields });
    ids.push(experiment_id as string);
  }
  await indexEvaluations();
  return { project: made.project_id as string, model: made.model_id as string, ids };
}

/** Makes many experiments at once; `n` counts from 1 in the SQL of the documents. */
async function fill({ project, model: id }: Made, count: number, documents: string): Promise<void> {
  await sql(
    `INSERT INTO experiments (experiment_id, project_id, model_id, model_version_id, parameters, evaluations)
     SELECT 'fill-' || $2 || n, $1, $2, 'v', ${documents} FROM generate_series(1, $3::int) n`,
    [project, id, count],
  );
  await indexEvaluations();
}

const get = async (path: string) => {
  const { status, body, text } = await service.http.get(path);
  expect([status, body.code]).toEqual([200, undefined]);
  return { body, text };
};
const keysOf = (id: string) => get(`/models/id/${id}/keys`);
const summaryOfModel = (id: string) => get(`/models/id/${id}/summary`);
const summaryOfProject = (id: string) => get(`/projects/id/${id}/summary`);

describe('GET /models/id/{model_id}/keys', () => {
  it('tells the keys, their types, ranges and choices', async () => {
    const made = await model(
      undefined,
      {
        parameters: { lr: 0.1, optimizer: { name: 'adam', betas: [0.9] }, size: 8, flag: true },
        evaluations: { accuracy: 0.5, 'F1 score': 'NaN' },
        tags: { team: 'vision' },
      },
      {
        parameters: { lr: 0.01, optimizer: { name: 'sgd' }, size: 'auto', flag: null, extra: {} },
        evaluations: { accuracy: 'Infinity', 'F1 score': 0.25 },
        tags: { team: 'vision' },
      },
      { parameters: { lr: -1, optimizer: { name: 'adam' }, size: 16 } },
    );
    const { body } = await keysOf(made.model);
    const none = { min: null, max: null, values: null };
    expect(body).toEqual({
      model_id: made.model,
      experiments: 3,
      examined: 3,
      parameters: [
        { key: 'extra', path: ['extra'], count: 1, types: { object: 1 }, ...none },
        { key: 'flag', path: ['flag'], count: 2, types: { boolean: 1, null: 1 }, ...none },
        { key: 'lr', path: ['lr'], count: 3, types: { number: 3 }, ...none, min: -1, max: 0.1 },
        {
          key: 'optimizer.betas',
          path: ['optimizer', 'betas'],
          count: 1,
          types: { array: 1 },
          ...none,
        },
        {
          key: 'optimizer.name',
          path: ['optimizer', 'name'],
          count: 3,
          types: { string: 3 },
          ...none,
          values: ['adam', 'sgd'],
        },
        {
          key: 'size',
          path: ['size'],
          count: 3,
          types: { number: 2, string: 1 },
          min: 8,
          max: 16,
          values: ['auto'],
        },
      ],
      evaluations: [
        {
          key: '"F1 score"',
          path: ['F1 score'],
          count: 2,
          types: { number: 2 },
          ...none,
          min: 0.25,
          max: 0.25,
        },
        {
          key: 'accuracy',
          path: ['accuracy'],
          count: 2,
          types: { number: 2 },
          ...none,
          min: 0.5,
          max: 'Infinity',
        },
      ],
      tags: [
        {
          key: 'team',
          path: ['team'],
          count: 2,
          types: { string: 2 },
          ...none,
          values: ['vision'],
        },
      ],
      truncated: false,
    });
  });

  it('of a model without experiments is empty', async () => {
    const made = await model();
    expect((await keysOf(made.model)).body).toEqual({
      model_id: made.model,
      experiments: 0,
      examined: 0,
      parameters: [],
      evaluations: [],
      tags: [],
      truncated: false,
    });
  });

  it('does not see deleted experiments, nor those of other models', async () => {
    const made = await model(undefined, { parameters: { a: 1 } }, { parameters: { b: 2 } });
    await model(made.project, { parameters: { c: 3 } });
    await service.http.delete(`/experiments/id/${made.ids[1] ?? ''}`);
    const { body } = await keysOf(made.model);
    expect(body).toMatchObject({ experiments: 1, examined: 1 });
    expect(body.parameters.map(({ key }: { key: string }) => key)).toEqual(['a']);
  });

  it('carries hostile keys and numbers as they are', async () => {
    const keys = ['__proto__', 'constructor', '"', 'a.b', '学習率', "'; --", '\\', '\u0001', ''];
    const made = await model(undefined, {
      parameters: Object.fromEntries(keys.map((key) => [key, key])),
    });
    await fill(made, 1, `'{"n": 12345678901234567890.123456789}', NULL`);
    const { body, text } = await keysOf(made.model);
    expect(text).toContain(
      '"min":12345678901234567890.123456789,"max":12345678901234567890.123456789',
    );
    const found = body.parameters as { path: string[]; values: string[] | null }[];
    expect(found.map(({ path }) => path).sort()).toEqual([...keys, 'n'].map((key) => [key]).sort());
    for (const { path, values } of found) expect(values).toEqual(path[0] === 'n' ? null : path);
  });

  it.each([
    ['20 are', 20, `'v' || n`, true],
    ['21 are not', 21, `'v' || n`, false],
    ['one of 255 bytes is', 1, `repeat('é', 127) || 'x'`, true],
    ['one of 256 bytes is not', 1, `repeat('é', 128)`, false],
  ])('offers choices: %s offered', async (_what, count, value, offered) => {
    const made = await model();
    await fill(made, count, `jsonb_build_object('x', ${value}), NULL`);
    const [{ values, types }] = (await keysOf(made.model)).body.parameters;
    expect(types).toEqual({ string: count });
    expect(values).toEqual(offered ? expect.any(Array) : null);
    if (offered) expect(new Set(values).size).toBe(count);
  });

  it('examines the newest 10,000', async () => {
    const made = await model();
    await fill(made, 10_050, `jsonb_build_object('n', n), NULL`);
    await sql(
      `UPDATE experiments SET created_datetime = now() + (parameters ->> 'n')::int * interval '1 s'
       WHERE model_id = $1`,
      [made.model],
    );
    const { body } = await keysOf(made.model);
    expect(body).toMatchObject({ experiments: 10_050, examined: 10_000 });
    expect(body.parameters[0]).toMatchObject({ count: 10_000, min: 51, max: 10_050 });
  });

  it('examines no more than makes 8 MiB', async () => {
    const made = await model();
    await fill(made, 5, `jsonb_build_object('x', repeat('x', 3000000)), NULL`);
    expect((await keysOf(made.model)).body).toMatchObject({ experiments: 5, examined: 3 });
  });

  it('tells the 1000 keys that most have, and that there are more', async () => {
    const made = await model(undefined, { parameters: { zzz: 1 } });
    await fill(
      made,
      2,
      `(SELECT jsonb_object_agg('k' || n * 10000 + i, i) || '{"zzz": 1}' FROM generate_series(1, 700) i), NULL`,
    );
    const { body } = await keysOf(made.model);
    expect(body.truncated).toBe(true);
    expect(body.parameters).toHaveLength(1000);
    expect(body.parameters.at(-1)).toMatchObject({ key: 'zzz', count: 3 });
  });
});

describe('GET /models/id/{model_id}/summary', () => {
  it('counts, and tells the ends of each evaluation, of equal ones as a leaderboard does', async () => {
    const made = await model(
      undefined,
      { evaluations: { accuracy: 0.5, loss: 'NaN', val: { 'F1 score': 1 }, note: 'good' } },
      { evaluations: { accuracy: 0.75, loss: 'Infinity', val: { 'F1 score': 2 } } },
      { evaluations: { accuracy: 0.75, loss: '-Infinity', 'a.b': { 'c\\d': 3 } } },
      { evaluations: { accuracy: 0.5, only: 'NaN' } },
      {},
    );
    const [a, b, c] = made.ids;
    const times = await Promise.all(
      [made.ids[0], made.ids[4]].map((id) => get(`/experiments/id/${id ?? ''}`)),
    );
    const { body } = await summaryOfModel(made.model);
    expect(body).toEqual({
      project_id: made.project,
      model_id: made.model,
      experiments: 5,
      first_experiment_datetime: times[0]?.body.created_datetime,
      last_experiment_datetime: times[1]?.body.created_datetime,
      evaluations: [
        {
          key: '"a.b"."c\\d"',
          lowest: { value: 3, experiment_id: c },
          highest: { value: 3, experiment_id: c },
        },
        {
          key: 'accuracy',
          lowest: { value: 0.5, experiment_id: a },
          highest: { value: 0.75, experiment_id: c },
        },
        {
          key: 'loss',
          lowest: { value: '-Infinity', experiment_id: c },
          highest: { value: 'Infinity', experiment_id: b },
        },
        {
          key: 'val."F1 score"',
          lowest: { value: 1, experiment_id: a },
          highest: { value: 2, experiment_id: b },
        },
      ],
      truncated: false,
    });
  });

  it('of a model without experiments is empty', async () => {
    const made = await model();
    expect((await summaryOfModel(made.model)).body).toEqual({
      project_id: made.project,
      model_id: made.model,
      experiments: 0,
      first_experiment_datetime: null,
      last_experiment_datetime: null,
      evaluations: [],
      truncated: false,
    });
  });

  it('keeps numbers as they are', async () => {
    const made = await model();
    await fill(made, 2, `NULL, jsonb_build_object('x', 9007199254740992 + n)`);
    const { text } = await summaryOfModel(made.model);
    expect(text).toContain('"lowest":{"value":9007199254740993,');
    expect(text).toContain('"highest":{"value":9007199254740994,');
  });

  it('writes hostile keys as the query language does', async () => {
    const keys = [
      '__proto__',
      'constructor',
      '"',
      '.',
      '..',
      '\\',
      '\\.',
      'a.b',
      '学習率',
      "'; --",
      '',
    ];
    const members = keys.map((key) => [key, 1] as const);
    const made = await model(undefined, {
      evaluations: Object.fromEntries([...members, ['nested', Object.fromEntries(members)]]),
    });
    const { body } = await summaryOfModel(made.model);
    const written = ['__proto__', 'constructor', '学習率'].concat(
      '""""',
      ['.', '..', '\\', '\\.', 'a.b', "'; --", ''].map((key) => `"${key}"`),
    );
    const found = (body.evaluations as { key: string }[]).map(({ key }) => key);
    expect(found.sort()).toEqual([...written, ...written.map((key) => `nested.${key}`)].sort());
  });

  it('passes over what is deleted, and sees it again when it is restored', async () => {
    const values = [5, 1, 9, 1, 9, 3];
    const made = await model(undefined, ...values.map((x) => ({ evaluations: { x } })));
    const before = await summaryOfModel(made.model);
    const gone = [0, 1, 2, 4, 5].map((index) => made.ids[index] ?? '');
    for (const id of gone) await service.http.delete(`/experiments/id/${id}`);
    const { body } = await summaryOfModel(made.model);
    const left = { value: 1, experiment_id: made.ids[3] };
    const { body: experiment } = await get(`/experiments/id/${made.ids[3] ?? ''}`);
    expect(body).toMatchObject({
      experiments: 1,
      first_experiment_datetime: experiment.created_datetime,
      last_experiment_datetime: experiment.created_datetime,
      evaluations: [{ key: 'x', lowest: left, highest: left }],
    });
    await service.http.delete(`/experiments/id/${made.ids[3] ?? ''}`);
    expect((await summaryOfModel(made.model)).body.evaluations).toEqual([]);
    for (const id of made.ids) await service.http.post(`/experiments/id/${id}/restore`);
    expect((await summaryOfModel(made.model)).text).toBe(before.text);
  });

  it('tells the first 1000 evaluations, and that there are more', async () => {
    const made = await model();
    const keys = (count: number) =>
      `NULL, (SELECT jsonb_object_agg('k' || lpad(i::text, 4, '0'), i) FROM generate_series(1, ${String(count)}) i)`;
    await fill(made, 1, keys(1001));
    const { body } = await summaryOfModel(made.model);
    expect([body.truncated, body.evaluations.length]).toEqual([true, 1000]);
    expect(body.evaluations[999]).toMatchObject({ key: 'k1000' });
    const full = await model();
    await fill(full, 1, keys(1000));
    const other = await summaryOfModel(full.model);
    expect([other.body.truncated, other.body.evaluations.length]).toEqual([false, 1000]);
  });
});

describe('GET /projects/id/{project_id}/summary', () => {
  it('brings the models of the project together', async () => {
    const first = await model(undefined, { evaluations: { x: 1 } }, { evaluations: { y: 5 } });
    const second = await model(first.project, { evaluations: { x: 7 } });
    await model(first.project);
    await model(undefined, { evaluations: { x: 100, z: 1 } });
    const oldest = await get(`/experiments/id/${first.ids[0] ?? ''}`);
    const newest = await get(`/experiments/id/${second.ids[0] ?? ''}`);
    expect((await summaryOfProject(first.project)).body).toEqual({
      project_id: first.project,
      models: 3,
      experiments: 3,
      first_experiment_datetime: oldest.body.created_datetime,
      last_experiment_datetime: newest.body.created_datetime,
      evaluations: [
        {
          key: 'x',
          lowest: { value: 1, experiment_id: first.ids[0] },
          highest: { value: 7, experiment_id: second.ids[0] },
        },
        {
          key: 'y',
          lowest: { value: 5, experiment_id: first.ids[1] },
          highest: { value: 5, experiment_id: first.ids[1] },
        },
      ],
      truncated: false,
    });
  });

  it('leaves out deleted models with all that is theirs', async () => {
    const kept = await model(undefined, { evaluations: { x: 5 } });
    const before = await summaryOfProject(kept.project);
    const gone = await model(
      kept.project,
      { evaluations: { x: 1 } },
      { evaluations: { x: 9, y: 1 } },
    );
    expect((await summaryOfProject(kept.project)).body).toMatchObject({
      models: 2,
      experiments: 3,
    });
    await service.http.delete(`/models/id/${gone.model}`);
    expect((await summaryOfProject(kept.project)).text).toBe(before.text);
  });

  it('of a project without models is empty', async () => {
    const { project_id } = await records.project();
    expect((await summaryOfProject(project_id)).body).toMatchObject({
      models: 0,
      experiments: 0,
      first_experiment_datetime: null,
      evaluations: [],
    });
  });
});

describe('what is not there: 404', () => {
  it('a deleted model', async () => {
    const made = await model();
    await service.http.delete(`/models/id/${made.model}`);
    for (const path of ['keys', 'summary']) {
      const { status, body } = await service.http.get(`/models/id/${made.model}/${path}`);
      expect([status, body.code]).toEqual([404, 'MODEL_NOT_FOUND']);
    }
  });

  it('a deleted project, and the models in it', async () => {
    const made = await model(undefined, { parameters: { a: 1 } });
    await service.http.delete(`/projects/id/${made.project}`);
    const project = await service.http.get(`/projects/id/${made.project}/summary`);
    expect([project.status, project.body.code]).toEqual([404, 'PROJECT_NOT_FOUND']);
    for (const path of ['keys', 'summary']) {
      const { status, body } = await service.http.get(`/models/id/${made.model}/${path}`);
      expect([status, body.code]).toEqual([404, 'MODEL_NOT_FOUND']);
    }
  });

  it('an id that names nothing', async () => {
    const answers = await Promise.all(
      ['/projects/id/x/summary', '/models/id/x/summary', '/models/id/x/keys'].map((path) =>
        service.http.get(path),
      ),
    );
    expect(answers.map(({ status, body }) => [status, body.code])).toEqual([
      [404, 'PROJECT_NOT_FOUND'],
      [404, 'MODEL_NOT_FOUND'],
      [404, 'MODEL_NOT_FOUND'],
    ]);
  });
});
