import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { untilBlocked } from '../support/barrier.js';
import type { Answer } from '../support/http-client.js';
import { outOfStep } from '../support/out-of-step.js';
import { Records } from '../support/records.js';
import { startService, type TestService } from '../support/service.js';

let service: TestService;
let records: Records;
beforeAll(async () => {
  service = await startService();
  records = new Records(service.http);
});
afterAll(() => service.stop());

const count = async (table: string): Promise<number> => {
  const { rows } = await service.database.sql.query<{ count: string }>(
    `SELECT count(*) FROM ${table}`,
  );
  return Number(rows[0]?.count);
};

describe('POST /experiments/batch', () => {
  it('records all of them, in the order sent, by time and by id', async () => {
    const models = [await records.model(), await records.model()];
    const experiments = Array.from({ length: 1000 }, (_, index) => ({
      model_id: models[index % 2].model_id,
      model_version_id: `v${String(index)}`,
      evaluations: { accuracy: index / 1000, nested: { loss: index } },
      ...(index % 3 === 0 && { tags: { index: String(index) }, description: null }),
    }));
    const { status, body } = await service.http.post('/experiments/batch', { experiments });
    expect(status).toBe(200);
    expect(body.map((one: Answer['body']) => one.model_version_id)).toEqual(
      experiments.map((one) => one.model_version_id),
    );
    const ids = body.map((one: Answer['body']) => one.experiment_id);
    expect(ids).toEqual(ids.toSorted());
    const listed = await service.http.get(`/experiments/model-id/${models[0].model_id}`);
    expect(listed.body).toEqual(body.filter((_: unknown, index: number) => index % 2 === 0));
    expect(await outOfStep(service.database.sql)).toEqual([]);
  });

  it('is the same as one after the other, whatever they hold', async () => {
    const model = await records.model();
    const text = fc.string({ unit: 'grapheme', maxLength: 20 }).filter((s) => !s.includes('\0'));
    const json = fc.dictionary(text, fc.jsonValue({ maxDepth: 3 }), { maxKeys: 4 });
    const optional = <T>(one: fc.Arbitrary<T>) => fc.option(one, { nil: undefined });
    const nullable = <T>(one: fc.Arbitrary<T>) => optional(fc.option(one));
    const experiment = fc.record({
      model_id: fc.constant(model.model_id as string),
      model_version_id: text.filter((s) => s.trim() !== ''),
      experiment_name: nullable(text.filter((s) => s.trim() !== '')),
      description: nullable(text),
      training_dataset: nullable(text),
      parameters: nullable(json),
      evaluations: nullable(json),
      artifact_file_paths: nullable(json),
      tags: nullable(
        fc.dictionary(
          text.filter((s) => s !== ''),
          text,
          { maxKeys: 3 },
        ),
      ),
    });
    const content = ({ text: answered }: Answer): string =>
      answered.replaceAll(/"(?:experiment_id|\w+_datetime)":"[^"]*"/g, '');
    await fc.assert(
      fc.asyncProperty(fc.array(experiment, { minLength: 1, maxLength: 5 }), async (many) => {
        const batch = await service.http.post('/experiments/batch', { experiments: many });
        const singles: string[] = [];
        for (const one of many) singles.push(content(await service.http.post('/experiments', one)));
        expect(content(batch)).toBe(`[${singles.join(',')}]`);
      }),
      { numRuns: 40 },
    );
  });

  it('keeps every number as it was sent', async () => {
    const { model_id: id } = await records.model();
    const values =
      '{"big":123456789012345678901234567890,"digits":0.12345678901234567,"one":1.0,"x":{},"nan":"NaN"}';
    const raw = `{"experiments":[{"model_id":"${id}","model_version_id":"v","parameters":${values}}]}`;
    const answer = await service.http.send('POST', '/experiments/batch', { raw });
    for (const number of ['123456789012345678901234567890', '0.12345678901234567', '1.0']) {
      expect(answer.text).toContain(number);
    }
  });

  it('records none when one has no model, and names each of those', async () => {
    const model = await records.model();
    const gone = await records.model();
    await service.http.delete(`/models/id/${gone.model_id}`);
    const before = await count('experiments');
    const experiments = [model.model_id, 'none', model.model_id, gone.model_id].map((id) => ({
      model_id: id,
      model_version_id: 'v',
    }));
    const { status, body } = await service.http.post('/experiments/batch', { experiments });
    expect([status, body.code]).toEqual([404, 'MODEL_NOT_FOUND']);
    expect(body.errors).toEqual([
      { path: 'experiments[1].model_id', message: 'is no model' },
      { path: 'experiments[3].model_id', message: 'is no model' },
    ]);
    expect(await count('experiments')).toBe(before);
  });

  it('names each wrong field by its place', async () => {
    const one = { model_id: 'm', model_version_id: 'v' };
    const wrong = [
      { ...one, model_version_id: '' },
      one,
      { ...one, parametres: {}, parameters: [] },
      7,
      null,
      { ...one, tags: { a: 1 } },
      {},
    ];
    const { status, body } = await service.http.post('/experiments/batch', { experiments: wrong });
    expect([status, body.code]).toEqual([422, 'VALIDATION_FAILED']);
    const paths = body.errors.map(({ path }: { path: string }) => path).toSorted();
    expect(paths).toEqual(
      [
        'experiments[0].model_version_id',
        'experiments[2].parametres',
        'experiments[2].parameters',
        'experiments[3]',
        'experiments[4]',
        'experiments[5].tags.a',
        'experiments[6].model_id',
        'experiments[6].model_version_id',
      ].toSorted(),
    );
  });

  it.each([
    ['none', []],
    ['a text', 'x'],
    ['an object', {}],
    ['null', null],
    ['1001', Array.from({ length: 1001 }, () => ({}))],
  ])('takes 1 to 1000 of them, not %s', async (_, experiments) => {
    const { status, body } = await service.http.post('/experiments/batch', { experiments });
    expect([status, body.errors]).toEqual([
      422,
      [{ path: 'experiments', message: 'must be a list of 1 to 1000 objects' }],
    ]);
  });

  it('tells a hundred problems at most', async () => {
    const experiments = Array.from({ length: 1000 }, () => ({}));
    const { body } = await service.http.post('/experiments/batch', { experiments });
    expect(body.errors).toHaveLength(100);
  });

  it('names the one whose tags are too large', async () => {
    const model = await records.model();
    const one = { model_id: model.model_id, model_version_id: 'v' };
    const tags = Object.fromEntries(
      Array.from({ length: 20 }, (_, index) => [`k${String(index)}`, 'x'.repeat(5000)]),
    );
    const before = await count('experiments');
    const experiments = [one, { ...one, tags }, one];
    const { status, body } = await service.http.post('/experiments/batch', { experiments });
    expect([status, body.code]).toEqual([413, 'TAGS_TOO_LARGE']);
    expect(body.errors).toEqual([
      { path: 'experiments[1].tags', message: 'take more than 64 KiB' },
    ]);
    expect(await count('experiments')).toBe(before);
  });

  it('names the one that is too large', async () => {
    await using large = await startService({ maxBodyBytes: 40_000_000 });
    const model = await new Records(large.http).model();
    const one = { model_id: model.model_id, model_version_id: 'v' };
    const experiments = [one, { ...one, parameters: { text: 'x'.repeat(17_000_000) } }];
    const { status, body } = await large.http.post('/experiments/batch', { experiments });
    expect([status, body.code]).toEqual([413, 'EXPERIMENT_TOO_LARGE']);
    expect(body.errors).toEqual([{ path: 'experiments[1]', message: 'takes more than 16 MiB' }]);
  });

  it('may be repeated with its key', async () => {
    const model = await records.model();
    const experiments = [1, 2].map((n) => ({
      model_id: model.model_id,
      model_version_id: String(n),
      parameters: { n },
    }));
    const before = await count('experiments');
    const headers = { 'idempotency-key': 'batch' };
    const send = () => service.http.post('/experiments/batch', { experiments }, { headers });
    const [first, second] = [await send(), await send()];
    expect(second.headers.get('idempotency-replayed')).toBe('true');
    expect(second.text).toBe(first.text);
    expect(await count('experiments')).toBe(before + 2);
  });
});

describe('POST /projects/batch and /models/batch', () => {
  it('get or create each, in the order sent, and the same for the same name', async () => {
    const there = await records.project({ description: 'there' });
    const projects = [
      { project_name: 'batch b', description: 'first', tags: { a: 'b' } },
      { project_name: there.project_name, description: 'ignored' },
      { project_name: 'batch a' },
      { project_name: 'batch b', description: 'second' },
    ];
    const { status, body } = await service.http.post('/projects/batch', { projects });
    expect(status).toBe(200);
    expect(body.map((one: Answer['body']) => one.project_name)).toEqual(
      projects.map((one) => one.project_name),
    );
    expect(body[0]).toMatchObject({ description: 'first', tags: { a: 'b' } });
    expect(body[1]).toEqual(there);
    expect(body[3]).toEqual(body[0]);
    const models = [2, 0, 0].map((at) => ({ project_id: body[at].project_id, model_name: 'm' }));
    const made = await service.http.post('/models/batch', { models });
    expect(made.status).toBe(200);
    expect(made.body.map((one: Answer['body']) => one.project_id)).toEqual(
      models.map((one) => one.project_id),
    );
    expect(made.body[1]).toEqual(made.body[2]);
    expect((await service.http.post('/models/batch', { models })).text).toBe(made.text);
  });

  it('make no model when a project is missing, and name each of those', async () => {
    const project = await records.project();
    const models = [project.project_id, 'none'].map((id) => ({
      project_id: id,
      model_name: 'new',
    }));
    const { status, body } = await service.http.post('/models/batch', { models });
    expect([status, body.code]).toEqual([404, 'PROJECT_NOT_FOUND']);
    expect(body.errors).toEqual([{ path: 'models[1].project_id', message: 'is no project' }]);
    const list = await service.http.get(`/models/project-id/${project.project_id}`);
    expect(list.body).toEqual([]);
  });

  it.each(['projects', 'models'])(
    'meet others that write the same %s in another order, and nobody fails',
    async (kind) => {
      const project = await records.project();
      const { sql } = service.database;
      const names = Array.from({ length: 50 }, (_, index) => `${kind}-${String(index % 40)}`);
      const item = (name: string) =>
        kind === 'projects'
          ? { project_name: name }
          : { project_id: project.project_id, model_name: name };
      // Somebody else is just inserting a name in the middle: all of them have begun when they stand there.
      await sql.query('BEGIN');
      await sql.query(
        kind === 'projects'
          ? `INSERT INTO projects (project_id, project_name) VALUES ('x', 'projects-20')`
          : `INSERT INTO models (model_id, project_id, model_name) VALUES ('x', $1, 'models-20')`,
        kind === 'projects' ? [] : [project.project_id],
      );
      const sent = Array.from({ length: 20 }, (_, index) => {
        const order = index % 2 === 0 ? names : names.toReversed();
        return service.http.post(`/${kind}/batch`, { [kind]: order.map(item) });
      });
      await untilBlocked(sql, 10);
      await sql.query('COMMIT');
      const id = kind === 'projects' ? 'project_id' : 'model_id';
      const seen = new Set<string>();
      for (const { status, body } of await Promise.all(sent)) {
        expect(status).toBe(200);
        for (const one of body) seen.add(one[id]);
      }
      expect(seen.size).toBe(40);
    },
  );
});
