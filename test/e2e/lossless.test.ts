import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { decimal } from '../support/exact-json.js';
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

async function store(document: string) {
  const raw = `{"model_id":"${modelId}","model_version_id":"v","parameters":${document}}`;
  const answer = await service.http.send('POST', '/experiments', { raw });
  if (answer.status !== 200) return answer;
  return service.http.get(`/experiments/id/${answer.body.experiment_id}`);
}

const numberIn = (text: string): string => /"parameters":\{"n": ?([^}]+)\}/.exec(text)?.[1] ?? '';

describe('numbers', () => {
  it.each([
    '0',
    '-0',
    '9007199254740993',
    '-9223372036854775809',
    '123456789012345678901234567890',
    '0.1',
    '0.30000000000000004',
    '3.141592653589793238462643383279',
    '1e308',
    '1.7976931348623157e308',
    '1e-320',
    '5e-324',
    '4.9406564584124654e-324',
    '2.2250738585072014E-308',
    '1E+2',
    '1.50',
    '-1.0e-7',
  ])('%s is kept exactly', async (number) => {
    const { status, text } = await store(`{"n":${number}}`);
    expect(status).toBe(200);
    expect(decimal(numberIn(text))).toBe(decimal(number));
  });

  it.each(['1e400', '-1e400', '1e-500', '1e999999999', '1e-999999999', `1${'0'.repeat(400)}`])(
    '%s is refused, not changed',
    async (number) => {
      const { status, body } = await store(`{"deep":[1,{"n":${number}}]}`);
      expect([status, body.errors[0].path]).toEqual([422, 'parameters.deep[1].n']);
    },
  );

  it('of any spelling are kept exactly', async () => {
    const digits = fc.stringMatching(/^(0|[1-9][0-9]{0,40})$/);
    const fraction = fc.option(fc.stringMatching(/^[0-9]{1,40}$/), { nil: undefined });
    const exponent = fc.option(fc.integer({ min: -300, max: 300 }), { nil: undefined });
    const number = fc
      .tuple(fc.constantFrom('', '-'), digits, fraction, exponent)
      .map(([sign, whole, part, power]) =>
        [sign, whole, part && `.${part}`, power !== undefined && `e${String(power)}`]
          .filter(Boolean)
          .join(''),
      );
    await fc.assert(
      fc.asyncProperty(number, async (text) => {
        const answer = await store(`{"n":${text}}`);
        expect(decimal(numberIn(answer.text))).toBe(decimal(text));
      }),
      { numRuns: 100 },
    );
  });

  it('written out in full count towards the limit of the body', async () => {
    const many = Array.from({ length: 30_000 }, () => '1e399').join(',');
    const { status, body } = await store(`{"n":[${many}]}`);
    expect([status, body.code]).toEqual([413, 'BODY_TOO_LARGE']);
  });
});

describe('documents', () => {
  it.each([
    ['100 levels', nested(100)],
    ['198 levels', nested(198)],
    ['empty ones', '{"a":{},"b":[],"":""}'],
    ['the non-finite as strings', '{"a":"NaN","b":"Infinity","c":"-Infinity"}'],
    ['prototype keys', '{"__proto__":{"x":1},"constructor":{"prototype":2},"toString":3}'],
    ['escapes', '{"\\u00e9\\n\\"\\\\":"\\ud83c\\udf31\\/"}'],
  ])('%s are kept', async (_what, document) => {
    const { status, text } = await store(document);
    expect(status).toBe(200);
    const kept = JSON.parse(text).parameters;
    expect(kept).toEqual(JSON.parse(document));
    expect(Object.keys(kept).sort()).toEqual(Object.keys(JSON.parse(document)).sort());
  });

  it('of any content are kept value for value', async () => {
    const value = fc.jsonValue({ maxDepth: 5, stringUnit: 'binary' });
    const storable = (json: unknown): boolean => {
      const text = JSON.stringify(json);
      return text.isWellFormed() && !/\\u0000|\\ud[89a-f]/i.test(text);
    };
    const documents = fc.dictionary(fc.string({ unit: 'binary' }), value).filter(storable);
    await fc.assert(
      fc.asyncProperty(documents, async (document) => {
        const { body } = await store(JSON.stringify(document));
        expect(JSON.stringify(sorted(body.parameters))).toBe(JSON.stringify(sorted(document)));
      }),
      { numRuns: 200 },
    );
  });

  it('that grow over 16 MiB by merging are refused, and stay as they were', async () => {
    const { body } = await store('{}');
    const path = `/experiments/evaluations/${body.experiment_id}`;
    const part = 'x'.repeat(7_000_000);
    for (const key of ['a', 'b']) {
      expect((await service.http.post(path, { evaluations: { [key]: part } })).status).toBe(200);
    }
    const refused = await service.http.post(path, { evaluations: { c: part } });
    expect([refused.status, refused.body.code]).toEqual([413, 'EXPERIMENT_TOO_LARGE']);
    const { body: after } = await service.http.get(`/experiments/id/${body.experiment_id}`);
    expect(Object.keys(after.evaluations)).toEqual(['a', 'b']);
  });

  it('tags over 64 KiB are refused', async () => {
    const tags = Object.fromEntries(
      Array.from({ length: 20 }, (_, i) => [String(i), 'x'.repeat(5000)]),
    );
    const { status, body } = await service.http.post('/projects', { project_name: 'tags', tags });
    expect([status, body.code]).toEqual([413, 'TAGS_TOO_LARGE']);
  });
});

/** The same value with the keys of every object in order, and -0 as 0. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value === 0 ? 0 : value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return entries.map(([key, inner]) => [key, sorted(inner)]);
}
