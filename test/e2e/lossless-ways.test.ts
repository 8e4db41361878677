import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { exactJson } from '../support/exact-json.js';
import { nested } from '../support/hostile.js';
import { Records } from '../support/records.js';
import { startService, type TestService } from '../support/service.js';

let service: TestService;
let modelId: string;
beforeAll(async () => {
  service = await startService();
  modelId = (await new Records(service.http).model()).model_id;
});
afterAll(() => service.stop());

const post = async (path: string, raw: string, headers = {}): Promise<string> => {
  const { status, text } = await service.http.send('POST', path, { raw, headers });
  expect([status, text]).toEqual([200, expect.any(String)]);
  return text;
};
const experiment = (members: string): string =>
  `{"model_id":"${modelId}","model_version_id":"v"${members}}`;
const create = (field: string, document: string): Promise<string> =>
  post('/experiments', experiment(`,"${field}":${document}`));
const NAMES = { evaluations: 'evaluations', 'artifact-file-paths': 'artifact_file_paths' };

let repeated = 0;
/** The ways by which a document gets into the database: each answers with the text of the experiment that holds it. */
const WAYS: [string, string, (document: string) => Promise<string>][] = [
  ...['parameters', ...Object.values(NAMES)].flatMap((field): typeof WAYS => [
    [`${field} of a new experiment`, field, (document) => create(field, document)],
    [
      `${field} of a batch`,
      field,
      async (document) => {
        const many = [experiment(''), experiment(` , "${field}" : ${document} `), experiment('')];
        return middleOf(await post('/experiments/batch', `{"experiments":[${many.join(' ,\n')}]}`));
      },
    ],
  ]),
  ...Object.entries(NAMES).map(([route, field]): (typeof WAYS)[number] => [
    `${field} that are merged`,
    field,
    async (document) => {
      const { experiment_id: id } = JSON.parse(await create(field, '{}'));
      return post(`/experiments/${route}/${String(id)}`, `{"${field}":${document}}`);
    },
  ]),
  [
    'parameters of a repeated request',
    'parameters',
    async (document) => {
      repeated += 1;
      const headers = { 'idempotency-key': `repeated-${String(repeated)}` };
      const raw = experiment(`,"parameters":${document}`);
      const first = await post('/experiments', raw, headers);
      expect(await post('/experiments', raw, headers)).toBe(first);
      return first;
    },
  ],
];
/** The second of three experiments, as its text stands in the answer. */
function middleOf(text: string): string {
  const starts = [...text.matchAll(/\{"experiment_id":"/g)].map(({ index }) => index);
  expect(starts).toHaveLength(3);
  return text.slice(starts[1], starts[2]).replace(/,$/, '');
}

/** Stores the document by a way, and follows it: to the answer, to the disk, and back over HTTP. */
async function follow(
  field: string,
  way: (document: string) => Promise<string>,
  document: string,
): Promise<void> {
  const answered = await way(document);
  const { experiment_id: id } = JSON.parse(answered);
  const { rows } = await service.database.sql.query<{ kept: string }>(
    `SELECT ${field}::text AS kept FROM experiments WHERE experiment_id = $1`,
    [id],
  );
  const kept = rows[0]?.kept ?? '';
  expect(exactJson(kept)).toEqual(exactJson(document));
  // Not read and written anew on its way: the very text that PostgreSQL has.
  expect(answered).toContain(`"${field}":${kept},`);
  expect((await service.http.get(`/experiments/id/${String(id)}`)).text).toBe(answered);
  const { text: list } = await service.http.get('/experiments/all?limit=5&order=desc');
  expect(list).toContain(`"${field}":${kept},`);
}

const DOCUMENTS: [string, string][] = [
  [
    'integers beyond 2^53',
    '{"a":9007199254740993,"b":-9223372036854775809,"c":[18446744073709551617]}',
  ],
  ['17 digits', '{"a":0.12345678901234567,"b":12345678.901234567,"c":0.30000000000000004}'],
  ['the ends of IEEE doubles', '{"a":1e-320,"b":1e308,"c":-1.7976931348623157e308,"d":5e-324}'],
  ['400 digits', `{"a":${'7'.repeat(400)},"b":0.${'7'.repeat(399)}}`],
  ['trailing zeros', '{"a":1.0,"b":1.50,"c":100,"d":1E+2}'],
  ['NaN and infinities', '{"a":"NaN","b":"Infinity","c":"-Infinity"}'],
  ['empty ones', '{"a":{},"b":[],"c":"","":{"":{}}}'],
  ['deep nesting', nested(190)],
  ['deep lists', `{"a":${'['.repeat(180)}${']'.repeat(180)}}`],
  ['keys in any order', '{"zz":1,"b":2,"a":{"y":1,"x":2},"aa":null,"B":true,"Ä":false}'],
  ['Unicode keys', '{"Größe":1,"数":2,"🌱":3,"e\u0301":4,"\u00e9":5,"a.b \\"c\\"":6,"\\u2028":7}'],
  ['prototype keys', '{"__proto__":{"x":1},"constructor":{"prototype":2},"toString":3}'],
  ['escapes', '{"\\u00e9\\n\\"\\\\":"\\ud83c\\udf31\\/\\b","backslash u":"\\\\u0041"}'],
];

describe.each(WAYS)('%s', (_way, field, way) => {
  it.each(DOCUMENTS)('keep %s', async (_what, document) => {
    await follow(field, way, document);
  });

  it('keep whatever it is', async () => {
    await fc.assert(
      fc.asyncProperty(documents, (document) => follow(field, way, document)),
      { numRuns: 25 },
    );
  });
});

/** JSON texts of objects, with numbers as no JavaScript would write them. */
const string = fc
  .string({ unit: 'binary', maxLength: 12 })
  .filter((text) => text.isWellFormed() && !text.includes('\0'));
const number = fc
  .tuple(
    fc.constantFrom('', '-'),
    fc.stringMatching(/^(0|[1-9][0-9]{0,30})$/),
    fc.option(fc.stringMatching(/^[0-9]{1,30}$/)),
    fc.option(fc.integer({ min: -330, max: 330 })),
  )
  .map(([sign, whole, part, power]) => {
    const fraction = part === null ? '' : `.${part}`;
    return `${sign}${whole}${fraction}${power === null ? '' : `e${String(power)}`}`;
  });
const { documents } = fc.letrec<{ documents: string; value: string }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    number,
    string.map((text) => JSON.stringify(text)),
    fc.constantFrom('true', 'false', 'null', '{}', '[]', '"NaN"', '"-Infinity"'),
    fc.array(tie('value'), { maxLength: 4 }).map((items) => `[${items.join(', ')}]`),
    tie('documents'),
  ),
  documents: fc
    .uniqueArray(fc.tuple(string, tie('value')), { maxLength: 4, selector: ([key]) => key })
    .map((members) => `{${members.map(([k, v]) => `${JSON.stringify(k)}:${v}`).join(' ,')}}`),
}));
