import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { nested, UNSTORABLE_STRINGS } from '../support/hostile.js';
import type { Answer } from '../support/http-client.js';
import { Records } from '../support/records.js';
import { startService, type TestService } from '../support/service.js';

const MAX_BODY_BYTES = 65_536;
let service: TestService;
let ids: Record<string, string>;
beforeAll(async () => {
  service = await startService({ maxBodyBytes: MAX_BODY_BYTES });
  const records = new Records(service.http);
  const experiment = await records.experiment();
  const { project_id, model_id, experiment_id } = experiment;
  ids = { project_id, model_id, experiment_id };
});
afterAll(() => service.stop());

type Wrong = Record<string, unknown[]>;
interface Route {
  readonly method: 'POST' | 'PATCH';
  readonly path: string;
  /** The list that the body stands in, as its only item. */
  readonly list?: string;
  /** A body that is right; ids in angle brackets are filled in. */
  readonly body: Record<string, unknown>;
  readonly required: string[];
  /** Values that are wrong, by field. */
  readonly wrong: Wrong;
  /** A field that takes any string, to put hostile ones into. */
  readonly text: string;
}

const NAMES = ['', ' ', '\t\u00a0\u3000\n', 'x'.repeat(256), '🌱'.repeat(256), 1, true, [], {}];
const TEXTS = [1, false, [], {}, 'x'.repeat(10_001)];
const TAGS = ['x', 1, [], { a: 1 }, { a: {} }, { '': 'x' }, { a: 'x'.repeat(5001) }];
const DOCUMENTS = ['x', 1, true, [], [{}], '{}'];
const DATASETS = [1, [], {}, 'x'.repeat(4097)];
const DATASET_FIELDS = {
  training_dataset: DATASETS,
  validation_dataset: DATASETS,
  test_dataset: DATASETS,
};

const ROUTES: Route[] = [
  {
    method: 'POST',
    path: '/projects',
    body: { project_name: 'p' },
    required: ['project_name'],
    wrong: { project_name: [...NAMES, null], description: TEXTS, tags: [...TAGS, { a: null }] },
    text: 'description',
  },
  {
    method: 'POST',
    path: '/models',
    body: { project_id: '<project_id>', model_name: 'm' },
    required: ['project_id', 'model_name'],
    wrong: {
      project_id: [1, null, [], {}],
      model_name: [...NAMES, null],
      description: TEXTS,
      tags: [...TAGS, { a: null }],
    },
    text: 'description',
  },
  {
    method: 'POST',
    path: '/experiments',
    body: { model_id: '<model_id>', model_version_id: 'v' },
    required: ['model_id', 'model_version_id'],
    wrong: {
      model_id: [1, null, [], {}],
      model_version_id: [...NAMES, null],
      experiment_name: NAMES,
      description: TEXTS,
      parameters: DOCUMENTS,
      evaluations: DOCUMENTS,
      artifact_file_paths: DOCUMENTS,
      tags: [...TAGS, { a: null }],
      ...DATASET_FIELDS,
    },
    text: 'description',
  },
  ...(['evaluations', 'artifact_file_paths'] as const).map((field): Route => ({
    method: 'POST',
    path: `/experiments/${field.replaceAll('_', '-')}/<experiment_id>`,
    body: { [field]: { a: 1 } },
    required: [field],
    wrong: { [field]: [...DOCUMENTS, null] },
    text: field,
  })),
  {
    method: 'POST',
    path: '/experiments/search',
    body: {},
    required: [],
    wrong: {
      where: [...TEXTS, 'evaluations', 'accuracy > 1'],
      project_id: [1, [], {}],
      model_id: [1, [], {}],
      order_by: ['x', {}, [], [1], ['created_datetime', 'created_datetime'], Array(9).fill('x')],
      fields: ['x', {}, [], [null], ['model_id', 'model_id']],
      limit: [0, 1001, 1.5, '10', true, []],
      cursor: [1, [], 'x', ''],
      count: ['true', 1, {}],
    },
    text: 'where',
  },
  {
    method: 'PATCH',
    path: '/projects/id/<project_id>',
    body: {},
    required: [],
    wrong: { project_name: [...NAMES, null], description: TEXTS, tags: TAGS, project_id: ['x'] },
    text: 'description',
  },
  {
    method: 'PATCH',
    path: '/models/id/<model_id>',
    body: {},
    required: [],
    wrong: { model_name: [...NAMES, null], description: TEXTS, tags: TAGS, project_id: ['x'] },
    text: 'description',
  },
  {
    method: 'PATCH',
    path: '/experiments/id/<experiment_id>',
    body: {},
    required: [],
    wrong: {
      model_version_id: [...NAMES, null],
      experiment_name: NAMES,
      description: TEXTS,
      tags: TAGS,
      parameters: [{}],
      evaluations: [{}],
      ...DATASET_FIELDS,
    },
    text: 'description',
  },
];

/** Of each record that can be made alone many can be made at once, and nothing is checked less. */
const BATCHES = ['/projects', '/models', '/experiments'].flatMap((path) =>
  ROUTES.filter((route) => route.path === path).map((route) => ({
    ...route,
    path: `${path}/batch`,
    list: path.slice(1),
  })),
);

const isRecord = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const fill = (text: string): string =>
  text.replace(/<(\w+)>/g, (_, name: string) => ids[name] ?? '');
const paths = (answer: Answer): string[] =>
  answer.body.errors.map(({ path }: { path: string }) => path);

describe.each(
  [...ROUTES, ...BATCHES].map((route) => [`${route.method} ${route.path}`, route] as const),
)('%s', (_, route) => {
  const send = (raw: string | Uint8Array, headers: Record<string, string> = {}): Promise<Answer> =>
    service.http.send(route.method, fill(route.path), { raw, headers });
  const { list } = route;
  const sendOne = (json: string): Promise<Answer> =>
    send(list === undefined ? json : `{"${list}":[${json}]}`);
  /** Where a field of {@link sendOne} stands in the body. */
  const at = (field: string): string => (list === undefined ? field : `${list}[0].${field}`);
  const sendWith = (fields: object): Promise<Answer> =>
    sendOne(fill(JSON.stringify({ ...route.body, ...fields })));
  /** The right body with one more member, given as JSON text. */
  const sendMember = (name: string, json: string): Promise<Answer> => {
    const { [name]: _replaced, ...others } = route.body;
    const rest = fill(JSON.stringify(others)).slice(1, -1);
    return sendOne(`{${rest}${rest === '' ? '' : ','}"${name}":${json}}`);
  };
  const isDocument =
    Array.isArray(route.wrong[route.text]) && route.wrong[route.text]?.includes('{}');
  const textMember = (json: string): string => (isDocument ? `{"k":${json}}` : json);

  it('the right body is answered 200', async () => {
    expect((await sendWith({})).status).toBe(200);
  });

  it.each<[string, string | Uint8Array]>([
    ['text', 'hello'],
    ['a cut-off object', '{"a":'],
    ['single quotes', `{'a':1}`],
    ['a trailing comma', '{"a":1,}'],
    ['two values', '{}{}'],
    ['a bare NaN', '{"a":NaN}'],
    ['a bare infinity', '{"a":-Infinity}'],
    ['white space', '  '],
    ['a raw control character', '{"a":"\n"}'],
    ['bytes that are not UTF-8', Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d])],
    ['UTF-16', Buffer.from('\ufeff{}', 'utf16le')],
  ])('%s is not JSON: 400', async (_name, raw) => {
    const { status, body } = await send(raw);
    expect([status, body.code]).toEqual([400, 'BODY_NOT_JSON']);
  });

  it('a bare NaN is answered with how to send it', async () => {
    expect((await send('{"a":NaN}')).body.detail).toContain('"NaN"');
  });

  it('an empty body is a 400, with and without a content type', async () => {
    const declared = await send('');
    const bare = await service.http.send(route.method, fill(route.path));
    for (const { status, body } of [declared, bare]) {
      expect([status, body.code]).toEqual([400, 'BODY_MISSING']);
    }
  });

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'application/xml', 'nonsense'])(
    'content type %s: 415',
    async (type) => {
      const { status, body } = await send('{}', { 'content-type': type });
      expect([status, body.code]).toEqual([415, 'UNSUPPORTED_MEDIA_TYPE']);
    },
  );

  it.each(['gzip', 'br', 'x'])('content encoding %s: 415 that says so', async (encoding) => {
    const { status, body } = await send('{}', { 'content-encoding': encoding });
    expect([status, body.code]).toEqual([415, 'UNSUPPORTED_CONTENT_ENCODING']);
  });

  it.each(['[]', '[{}]', '"x"', '1', 'true', 'null'])(
    'the body %s is no object: 422',
    async (raw) => {
      const { status, body } = await send(raw);
      expect([status, body.code]).toEqual([422, 'VALIDATION_FAILED']);
    },
  );

  it('names all missing fields at once', async () => {
    const { status, body } = await sendOne('{}');
    if (route.required.length === 0) expect(status).toBe(200);
    else {
      expect(status).toBe(422);
      const missing = route.required.map((field) => ({
        path: at(field),
        message: 'is required',
      }));
      expect(body.errors).toEqual(expect.arrayContaining(missing));
    }
  });

  it('names unknown fields back', async () => {
    const answer = await sendMember('descripton', '"typo"');
    expect([answer.status, paths(answer)]).toEqual([422, [at('descripton')]]);
    const odd = await sendMember('__proto__', '{"x":1}');
    expect([odd.status, paths(odd)]).toEqual([422, [at('__proto__')]]);
    const constructor = await sendMember('constructor', '{"prototype":{}}');
    expect([constructor.status, paths(constructor)]).toEqual([422, [at('constructor')]]);
  });

  const wrongValues = Object.entries(route.wrong).flatMap(([field, values]) =>
    values.map((value): [string, string, unknown] => [
      field,
      JSON.stringify(value).slice(0, 30),
      value,
    ]),
  );
  it.each(wrongValues)('%s: %s is wrong: 422 that names the field', async (field, _text, value) => {
    const answer = await sendWith({ [field]: value });
    expect(answer.status).toBe(422);
    // A tag that is wrong is named itself: `tags.team`.
    const key = field === 'tags' && isRecord(value) ? Object.keys(value)[0] : undefined;
    const named = key === undefined ? field : `tags.${key === '' ? '""' : key}`;
    expect(paths(answer)).toEqual([at(named)]);
  });

  it.each(UNSTORABLE_STRINGS)('%s cannot be stored: 422', async (_name, json) => {
    const answer = await sendMember(route.text, textMember(json));
    expect(answer.status).toBe(422);
    expect(paths(answer)).toEqual([at(isDocument ? `${route.text}.k` : route.text)]);
  });

  it('the same key twice: 422', async () => {
    const answer = await sendOne(`{"${route.text}":null,"${route.text}":null}`);
    expect(answer.status).toBe(422);
    expect(paths(answer)).toContain(at(route.text));
    expect(answer.body.detail).not.toMatch(/[?!:.]\.$/);
  });

  it('201 levels: 422', async () => {
    const answer = await sendMember(route.text, nested(200));
    expect(answer.status).toBe(422);
    expect(answer.body.errors[0].message).toContain('200 levels');
  });

  it('30,000 levels: 422', async () => {
    const raw = `${'['.repeat(30_000)}${']'.repeat(30_000)}`;
    expect((await sendMember(route.text, raw)).status).toBe(422);
  });

  it('a body over the limit: 413', async () => {
    const { status, body } = await sendMember(
      route.text,
      JSON.stringify('x'.repeat(MAX_BODY_BYTES)),
    );
    expect([status, body.code]).toEqual([413, 'BODY_TOO_LARGE']);
  });
});

describe('wrong tags', () => {
  const refused = async (tags: object) =>
    (await service.http.post('/projects', { project_name: 'tagged', tags })).body.errors;

  it('are named, each with what is wrong with it', async () => {
    expect(await refused({ team: 1, fine: 'x', 'git commit': null })).toEqual([
      { path: 'tags.team', message: 'must be a string of at most 5000 characters' },
      { path: 'tags."git commit"', message: 'must be a string of at most 5000 characters' },
    ]);
    expect(await refused({ ['k'.repeat(300)]: 'x' })).toEqual([
      {
        path: `tags.${'k'.repeat(255)}`,
        message: 'must have a key of 1 to 255 characters',
      },
    ]);
  });

  it('of which there are very many do not make the answer very long', async () => {
    const many = Object.fromEntries(Array.from({ length: 5000 }, (_, i) => [`k${String(i)}`, 1]));
    expect(await refused(many)).toHaveLength(100);
  });
});

describe('very many unknown fields', () => {
  it('do not make the answer very long', async () => {
    const many = Object.fromEntries(Array.from({ length: 2000 }, (_, i) => [`k${String(i)}`, 1]));
    const { body } = await service.http.post('/projects', { project_name: 'p', ...many });
    expect(body.errors).toHaveLength(100);
    expect(body.detail).toContain('(and 1999 more)');
  });
});

describe('a restore', () => {
  it('needs no body, and looks at none', async () => {
    const path = fill('/projects/id/<project_id>/restore');
    expect((await service.http.send('POST', path)).status).toBe(200);
    expect((await service.http.send('POST', path, { raw: '' })).status).toBe(200);
    expect((await service.http.send('POST', path, { raw: '{}' })).status).toBe(200);
  });
});
