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

  it.each(['projects', 'models'])('name the %s whose tags are too large', async (kind) => {
    const { project_id } = await records.project();
    const tags = Object.fromEntries(
      Array.from({ length: 20 }, (_, index) => [`k${String(index)}`, 'x'.repeat(5000)]),
    );
    const before = await count(kind);
    const many = ['large a', 'large b', 'large c'].map((name, index) => ({
      ...(kind === 'projects' ? { project_name: name } : { project_id, model_name: name }),
      ...(index > 0 && { tags }),
    }));
    const { status, body } = await service.http.post(`/${kind}/batch`, { [kind]: many });
    expect([status, body.code]).toEqual([413, 'TAGS_TOO_LARGE']);
    expect(body.errors).toEqual(
      [1, 2].map((index) => ({
        path: `${kind}[${String(index)}].tags`,
        message: 'take more than 64 KiB',
      })),
    );
    expect(await count(kind)).toBe(before);
  });

  it('may be repeated with their keys', async () => {
    const { project_id } = await records.project();
    const bodies = {
      projects: ['key a', 'key b', 'key a'].map((name) => ({ project_name: name })),
      models: ['key a', 'key b'].map((name) => ({ project_id, model_name: name })),
    };
    for (const [kind, many] of Object.entries(bodies)) {
      const headers = { 'idempotency-key': `batch of ${kind}` };
      const send = () => service.http.post(`/${kind}/batch`, { [kind]: many }, { headers });
      const [first, second] = [await send(), await send()];
      expect([first.status, second.headers.get('idempotency-replayed')]).toEqual([200, 'true']);
      expect(second.text).toBe(first.text);
    }
  });

  it('are the same as one after the other, whatever they hold', async () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 10 }).filter((s) => !s.includes('\0'));
    const name = fc.oneof(fc.constantFrom('Ä', 'a', 'B', 'z'), text).filter((s) => s.trim() !== '');
    const tags = fc.dictionary(
      text.filter((s) => s !== ''),
      text,
      { maxKeys: 2 },
    );
    const nullable = <T>(one: fc.Arbitrary<T>) => fc.option(fc.option(one), { nil: undefined });
    const one = fc.record({ name, description: nullable(text), tags: nullable(tags) });
    /** Names are free again in a project of its own; which records are the same one is compared as well. */
    const content = (many: Answer['body'][], id: string): unknown[] =>
      many.map((record) => {
        const { description, tags: kept, project_name, model_name } = record;
        const first = many.findIndex((other) => other[id] === record[id]);
        return [project_name ?? model_name, description, kept, first];
      });
    let run = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(one, { minLength: 1, maxLength: 8 }), async (many) => {
        run += 1;
        const models = async (): Promise<object[]> => {
          const { project_id } = await records.project();
          return many.map(({ name: model_name, ...rest }) => ({ project_id, model_name, ...rest }));
        };
        const projects = (): object[] =>
          many.map(({ name: n, ...rest }) => ({ project_name: `${String(run)} ${n}`, ...rest }));
        const single = async (path: string, item: object): Promise<Answer['body']> =>
          (await service.http.post(path, item)).body;
        const modelsInTurn: Answer['body'][] = [];
        for (const item of await models()) modelsInTurn.push(await single('/models', item));
        const batch = await service.http.post('/models/batch', { models: await models() });
        expect(content(batch.body, 'model_id')).toEqual(content(modelsInTurn, 'model_id'));
        const made = await service.http.post('/projects/batch', { projects: projects() });
        const projectsInTurn: Answer['body'][] = [];
        for (const item of projects()) projectsInTurn.push(await single('/projects', item));
        expect(projectsInTurn).toEqual(made.body);
      }),
      { numRuns: 30 },
    );
  });

  it.each([
    ['projects', 'COMMIT'],
    ['projects', 'ROLLBACK'],
    ['models', 'COMMIT'],
    ['models', 'ROLLBACK'],
  ])(
    'meet others that write the same %s in another order, and nobody fails after a %s',
    async (kind, end) => {
      const project = await records.project();
      const { sql } = service.database;
      const names = Array.from(
        { length: 50 },
        (_, index) => `${kind} ${end} ${String(Math.max(0, index - 10))}`,
      );
      const item = (name: string) =>
        kind === 'projects'
          ? { project_name: name }
          : { project_id: project.project_id, model_name: name };
      // Somebody else is just inserting a name in the middle: all of them have begun when they stand there.
      await sql.query('BEGIN');
      await sql.query(
        kind === 'projects'
          ? 'INSERT INTO projects (project_id, project_name) VALUES ($1, $1)'
          : 'INSERT INTO models (model_id, model_name, project_id) VALUES ($1, $1, $2)',
        [`${kind} ${end} 20`, ...(kind === 'projects' ? [] : [project.project_id])],
      );
      const sent = Array.from({ length: 20 }, (_, index) => {
        const order = index % 2 === 0 ? names : names.toReversed();
        return service.http.post(`/${kind}/batch`, { [kind]: order.map(item) });
      });
      await untilBlocked(sql, 10);
      // One has come this far, and the others wait for that one: they go the same way, so never in a circle.
      const { rows } = await sql.query(
        'SELECT FROM pg_stat_activity WHERE pg_backend_pid() = ANY (pg_blocking_pids(pid))',
      );
      expect(rows).toHaveLength(1);
      await sql.query(end);
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
