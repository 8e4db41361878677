import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Answer } from '../support/http-client.js';
import { Records } from '../support/records.js';
import { startService, type TestService } from '../support/service.js';

let service: TestService;
let records: Records;
let modelId: string;
beforeAll(async () => {
  service = await startService();
  records = new Records(service.http);
  ({ model_id: modelId } = await records.model({ model_name: 'forest' }));
});
afterAll(() => service.stop());

type Fields = Record<string, unknown>;
interface Row {
  key: string;
  values: unknown[];
  differs: boolean;
  highest: string[];
  lowest: string[];
}

async function make(...all: Fields[]): Promise<string[]> {
  const ids: string[] = [];
  for (const fields of all) {
    const experiment = await records.experiment({ model_id: modelId, ...fields });
    ids.push(experiment.experiment_id as string);
  }
  return ids;
}

/** Makes an experiment of a body as text: with numbers as they are written. */
async function makeRaw(members: string): Promise<string> {
  const raw = `{"model_id":"${modelId}","model_version_id":"v1",${members}}`;
  const answer = await service.http.send('POST', '/experiments', { raw });
  return answer.body.experiment_id as string;
}

const compare = (ids: string[]): Promise<Answer> =>
  service.http.get(`/experiments/compare?ids=${ids.map(encodeURIComponent).join(',')}`);
const diff = (from: string, to: string): Promise<Answer> =>
  service.http.get(`/experiments/id/${encodeURIComponent(from)}/diff/${encodeURIComponent(to)}`);
const brief = (rows: Row[]): unknown[] =>
  rows.map(({ key, values, differs }) => [key, values, differs]);

describe('GET /experiments/compare', () => {
  it('puts everything side by side, in the order asked for', async () => {
    const [a, b] = await make(
      {
        experiment_name: 'first',
        parameters: { epochs: 5, optimizer: { name: 'adam', lr: 0.1 }, layers: [1, { units: 2 }] },
        training_dataset: 's3://a',
        evaluations: { accuracy: 0.5 },
        artifact_file_paths: { model: 'm.onnx' },
        tags: { team: 'vision' },
      },
      {
        model_version_id: 'v2',
        parameters: { epochs: 5, optimizer: { name: 'sgd' }, extra: {} },
        training_dataset: 's3://a',
        test_dataset: 's3://t',
        evaluations: { accuracy: 0.75, loss: 1 },
      },
    );
    const { status, body } = await compare([b ?? '', a ?? '']);
    expect(status).toBe(200);
    const header = { model_id: modelId, model_name: 'forest', project_id: expect.any(String) };
    const time = { created_datetime: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/) };
    expect(body).toEqual({
      experiments: [
        { ...header, ...time, experiment_id: b, experiment_name: null, model_version_id: 'v2' },
        { ...header, ...time, experiment_id: a, experiment_name: 'first', model_version_id: 'v1' },
      ],
      parameters: [
        { key: 'epochs', values: [5, 5], differs: false },
        { key: 'extra', values: [{}, null], differs: true },
        { key: 'layers', values: [null, [1, { units: 2 }]], differs: true },
        { key: 'optimizer.lr', values: [null, 0.1], differs: true },
        { key: 'optimizer.name', values: ['sgd', 'adam'], differs: true },
      ],
      evaluations: [
        { key: 'accuracy', values: [0.75, 0.5], differs: true, highest: [b], lowest: [a] },
        { key: 'loss', values: [1, null], differs: true, highest: [b], lowest: [b] },
      ],
      datasets: [
        { key: 'test_dataset', values: ['s3://t', null], differs: true },
        { key: 'training_dataset', values: ['s3://a', 's3://a'], differs: false },
      ],
      artifact_file_paths: [{ key: 'model', values: [null, 'm.onnx'], differs: true }],
      tags: [{ key: 'team', values: [null, 'vision'], differs: true }],
    });
  });

  it('takes a hundred, of several models and projects', async () => {
    const ids = await make(...Array.from({ length: 99 }, (_, n) => ({ parameters: { n } })));
    const other = await records.experiment({ parameters: { n: 99 } });
    ids.push(other.experiment_id as string);
    const { body } = await compare(ids);
    expect(body.experiments.map((row: Fields) => row['experiment_id'])).toEqual(ids);
    expect(body.experiments[99]).toMatchObject({ model_id: other.model_id });
    expect(body.parameters).toEqual([{ key: 'n', values: [...Array(100).keys()], differs: true }]);
  });

  it('experiments that hold nothing make an empty table', async () => {
    const { body } = await compare(await make({}, { parameters: {}, tags: {} }));
    const { experiments, ...parts } = body;
    expect(experiments).toHaveLength(2);
    expect(Object.values(parts)).toEqual([[], [], [], [], []]);
  });

  it('keeps numbers as they are, and compares them exactly', async () => {
    const a = await makeRaw('"parameters":{"big":9007199254740993,"same":1.0,"tiny":1e-30}');
    const b = await makeRaw('"parameters":{"big":9007199254740992,"same":1,"tiny":1e-30}');
    const { text, body } = await compare([a, b]);
    expect(text).toContain('"values":[9007199254740993,9007199254740992],"differs":true');
    expect(text).toContain('{"key":"same","values":[1.0,1],"differs":false}');
    expect(text).toContain('0.000000000000000000000000000001,0.000000000000000000000000000001]');
    expect(body.parameters).toHaveLength(3);
  });

  it('null counts as absent', async () => {
    const ids = await make(
      { parameters: { a: null, b: null, c: null } },
      { parameters: { a: null, c: 0 } },
    );
    expect(brief((await compare(ids)).body.parameters)).toEqual([
      ['a', [null, null], false],
      ['b', [null, null], false],
      ['c', [null, 0], true],
    ]);
  });

  it('tells types apart', async () => {
    const ids = await make(
      { parameters: { a: 1, b: true, c: [1, 2], d: {}, e: { x: 1 } } },
      { parameters: { a: '1', b: 'true', c: [2, 1], d: [], e: 1 } },
    );
    expect(brief((await compare(ids)).body.parameters)).toEqual([
      ['a', [1, '1'], true],
      ['b', [true, 'true'], true],
      ['c', [[1, 2], [2, 1]], true], // prettier-ignore
      ['d', [{}, []], true],
      ['e', [null, 1], true],
      ['e.x', [1, null], true],
    ]);
  });

  it('tells who is highest and lowest: ties, infinities; NaN and text are not ranked', async () => {
    const [a, b, c] = await make(
      { evaluations: { tie: 1, end: 'Infinity', nan: 'NaN', text: 'good', mixed: 'bad', big: -1 } },
      { evaluations: { tie: 1, end: 5, nan: 'NaN', text: 'bad', mixed: 3, big: 1e300 } },
      { evaluations: { tie: 0, end: '-Infinity', nan: 2, mixed: 'NaN', big: -1e300 } },
    );
    const { body } = await compare([a ?? '', b ?? '', c ?? '']);
    const rows = (body.evaluations as Row[]).map((row) => [row.key, row.highest, row.lowest]);
    expect(rows).toEqual([
      ['big', [b], [c]],
      ['end', [a], [c]],
      ['mixed', [b], [b]],
      ['nan', [c], [c]],
      ['text', [], []],
      ['tie', [a, b], [c]],
    ]);
  });

  const HOSTILE: [string, string][] = [
    ['__proto__', '__proto__'],
    ['constructor', 'constructor'],
    ['学習率', '学習率'],
    ['e\u0301', 'e\u0301'],
    ['F1 score', '"F1 score"'],
    ['a.b', '"a.b"'],
    ['a-b', 'a-b'],
    ['1st', '"1st"'],
    ['', '""'],
    ['say "hi"', '"say ""hi"""'],
    ["it's; DROP TABLE experiments --", `"it's; DROP TABLE experiments --"`],
    ['back\\slash', '"back\\slash"'],
    ['tab\t\u0001', '"tab\t\u0001"'],
    ['🌱', '"🌱"'],
    ['$1', '"$1"'],
  ];
  it.each(HOSTILE)('a key %j is written %j', async (key, written) => {
    const parameters = Object.fromEntries([[key, 1]]);
    const nested = Object.fromEntries([[key, parameters]]);
    const ids = await make({ parameters }, { parameters: nested, tags: { [key || 'x']: key } });
    const { body } = await compare(ids);
    expect(brief(body.parameters)).toEqual([
      [written, [1, null], true],
      [`${written}.${written}`, [null, 1], true],
    ]);
    expect(body.tags[0].values).toEqual([null, key]);
  });

  it('sorts by path, key by key', async () => {
    const keys = ['b', 'a b', 'a-x', 'A', 'é', 'a', '\uffff', '🌱', '"'];
    const parameters = Object.fromEntries(keys.map((key) => [key, key === 'a' ? { z: 1 } : 1]));
    const { body } = await compare(await make({ parameters }, {}));
    expect((body.parameters as Row[]).map(({ key }) => key)).toEqual([
      '""""',
      'A',
      'a.z',
      '"a b"',
      'a-x',
      'b',
      'é',
      '"\uffff"',
      '"🌱"',
    ]);
  });

  it('takes what lies very deep as one value', async () => {
    const key = 'k'.repeat(100);
    const deep = { [key]: { [key]: { [key]: { x: { y: 1 } } } } };
    const { body } = await compare(await make({ parameters: deep }, {}));
    expect(brief(body.parameters)).toEqual([
      [`${key}.${key}.${key}`, [{ x: { y: 1 } }, null], true],
    ]);
  });

  describe('refuses', () => {
    const LIST = 'must be 2 to 100 different values, separated by commas';
    const many = Array.from({ length: 101 }, (_, n) => String(n)).join(',');
    it.each([
      ['nothing', '', 'ids', 'is required'],
      ['an empty list', '?ids=', 'ids', LIST],
      ['one', '?ids=a', 'ids', LIST],
      ['an empty one', '?ids=a,,b', 'ids', LIST],
      ['the same twice', '?ids=a,b,a', 'ids', LIST],
      ['more than a hundred', `?ids=${many}`, 'ids', LIST],
      ['two lists', '?ids=a,b&ids=c,d', 'ids', 'is given more than once'],
      ['NUL', '?ids=a,%00', 'ids', 'holds a NUL character, which cannot be stored'],
      ['what is no UTF-8', '?ids=a,%ff', 'ids', 'is not validly percent-encoded UTF-8'],
      ['another parameter', '?ids=a,b&id=c', 'id', 'is not a parameter of this request'],
    ])('%s: 422', async (_what, query, path, message) => {
      const { status, body } = await service.http.get(`/experiments/compare${query}`);
      expect([status, body.code, body.errors]).toEqual([
        422,
        'VALIDATION_FAILED',
        [{ path, message }],
      ]);
    });

    it('ids that are not there, or deleted themselves or above: 404 that names each', async () => {
      const [live, gone] = await make({}, {});
      await service.http.delete(`/experiments/id/${gone ?? ''}`);
      const inModel = await records.experiment();
      await service.http.delete(`/models/id/${String(inModel.model_id)}`);
      const inProject = await records.experiment();
      await service.http.delete(`/projects/id/${String(inProject.project_id)}`);
      const missing = [
        gone ?? '',
        inModel.experiment_id as string,
        inProject.experiment_id as string,
        '__proto__',
        `' OR "1"='1`,
      ];
      const { status, body } = await compare([live ?? '', ...missing]);
      expect([status, body.code]).toEqual([404, 'EXPERIMENT_NOT_FOUND']);
      expect(body.errors).toEqual(
        missing.map((id) => ({
          path: 'ids',
          message: `names no experiment: ${JSON.stringify(id)}`,
        })),
      );
    });
  });
});

describe('what is too large to be compared: 413', () => {
  const sql = (text: string, values: unknown[]) => service.database.sql.query(text, values);
  const expectRefusal = async (ids: string[]) => {
    const { status, body } = await compare(ids);
    expect([status, body.code]).toEqual([413, 'COMPARISON_TOO_LARGE']);
  };

  it('more than 32 MiB', async () => {
    const ids = await make({}, {}, {});
    await sql(
      `UPDATE experiments SET parameters = jsonb_build_object('x', repeat('x', 16777000))
       WHERE experiment_id = ANY ($1)`,
      [ids],
    );
    await expectRefusal(ids);
    const { status, body } = await compare(ids.slice(1));
    expect([status, brief(body.parameters)[0]]).toEqual([
      200,
      ['x', [expect.any(String), expect.any(String)], false],
    ]);
  });

  it.each([
    ['more than 100,000 values', 2, 50_001],
    ['more than a million cells', 50, 400],
  ])('%s', async (_what, count, keys) => {
    const ids = await make(...Array.from({ length: count }, () => ({})));
    const fill = (size: number) =>
      sql(
        `UPDATE experiments SET parameters =
           (SELECT jsonb_object_agg(experiment_id || n, n) FROM generate_series(1, $2::int) n)
         WHERE experiment_id = ANY ($1)`,
        [ids, size],
      );
    await fill(keys + 1);
    await expectRefusal(ids);
    await fill(keys - 1);
    expect((await compare(ids)).status).toBe(200);
  });
});

describe('GET /experiments/id/{experiment_id}/diff/{other_id}', () => {
  it('answers only what differs', async () => {
    const [a, b] = await make(
      {
        parameters: { lr: 0.1, epochs: 5, old: { x: 1 }, nothing: null },
        training_dataset: 's3://a',
        evaluations: { accuracy: 0.5, loss: 1 },
        tags: { team: 'vision' },
      },
      {
        parameters: { lr: 0.01, epochs: 5, 'new key': [1] },
        training_dataset: 's3://b',
        evaluations: { accuracy: 0.5 },
        artifact_file_paths: { model: 'm' },
        tags: { team: 'vision' },
      },
    );
    const { status, body } = await diff(a ?? '', b ?? '');
    expect(status).toBe(200);
    expect(body).toEqual({
      from: expect.objectContaining({ experiment_id: a, model_name: 'forest' }),
      to: expect.objectContaining({ experiment_id: b, model_name: 'forest' }),
      parameters: [
        { key: 'lr', change: 'changed', from: 0.1, to: 0.01 },
        { key: '"new key"', change: 'added', from: null, to: [1] },
        { key: 'old.x', change: 'removed', from: 1, to: null },
      ],
      evaluations: [{ key: 'loss', change: 'removed', from: 1, to: null }],
      datasets: [{ key: 'training_dataset', change: 'changed', from: 's3://a', to: 's3://b' }],
      artifact_file_paths: [{ key: 'model', change: 'added', from: null, to: 'm' }],
      tags: [],
    });
  });

  it('of an experiment with itself is empty', async () => {
    const [a] = await make({ parameters: { a: 1 } });
    const { body } = await diff(a ?? '', a ?? '');
    expect([body.from, body.parameters]).toEqual([body.to, []]);
  });

  it('names which is not there: 404', async () => {
    const [a] = await make({});
    const { status, body } = await diff(a ?? '', 'x,y');
    expect([status, body.code, body.errors]).toEqual([
      404,
      'EXPERIMENT_NOT_FOUND',
      [{ path: 'other_id', message: 'names no experiment: "x,y"' }],
    ]);
    const both = await diff('x', 'y');
    expect(both.body.errors.map(({ path }: { path: string }) => path)).toEqual([
      'experiment_id',
      'other_id',
    ]);
  });
});
