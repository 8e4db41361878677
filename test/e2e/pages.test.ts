import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Records } from '../support/records.js';
import { startService, type TestService } from '../support/service.js';
import { nextPage, walk } from '../support/walk.js';

let service: TestService;
let model: { model_id: string; model_name: string; project_id: string; project_name: string };
const made: { experiment_id: string }[] = [];
beforeAll(async () => {
  service = await startService();
  const records = new Records(service.http);
  const { project_id, project_name } = await records.project({ tags: { team: 'vision' } });
  model = { ...(await records.model({ project_id, tags: { kind: 'tree' } })), project_name };
  for (let i = 0; i < 25; i += 1) {
    made.push(await records.experiment({ model_id: model.model_id, parameters: { i } }));
  }
  await records.experiment();
});
afterAll(() => service.stop());

const get = (path: string) => service.http.get(path);

describe('a list with a limit', () => {
  it('is the whole list, page by page, in both directions', async () => {
    const path = `/experiments/model-id/${model.model_id}`;
    for (const limit of [1, 7, 10, 24, 25, 26, 1000]) {
      const query = `limit=${String(limit)}`;
      expect(await walk(service.http, `${path}?${query}`)).toEqual(made);
      expect(await walk(service.http, `${path}?${query}&order=desc`)).toEqual(made.toReversed());
    }
  });

  it('names the next page only where there is one', async () => {
    const path = `/experiments/model-id/${model.model_id}`;
    const page = await get(`${path}?limit=24&order=asc`);
    expect(page.body).toHaveLength(24);
    expect(nextPage(page)).toMatch(/^\/experiments\/model-id\/[^?]+\?limit=24&order=asc&cursor=/);
    expect(nextPage(await get(`${path}?limit=25`))).toBeUndefined();
    expect(nextPage(await get(path))).toBeUndefined();
    expect((await get('/experiments/model-id/none?limit=5')).body).toEqual([]);
  });

  it('may leave the limit and go on to the end', async () => {
    const path = `/experiments/model-id/${model.model_id}`;
    const next = nextPage(await get(`${path}?limit=10`)) ?? '';
    expect((await get(next.replace('limit=10&', ''))).body).toEqual(made.slice(10));
  });

  it('ends a page early when its rows are large, and goes on', async () => {
    const { model_id } = await new Records(service.http).model();
    await service.database.sql.query(
      `INSERT INTO experiments (experiment_id, project_id, model_id, model_version_id, description)
       SELECT 'large' || i, m.project_id, m.model_id, 'v', repeat('x', 3000000)
       FROM models m, generate_series(1, 7) i WHERE m.model_id = $1`,
      [model_id],
    );
    const first = await get(`/experiments/model-id/${model_id}?limit=7`);
    expect(first.body).toHaveLength(3);
    const all = await walk(service.http, `/experiments/model-id/${model_id}?limit=7`);
    expect(all.map(({ experiment_id }) => experiment_id)).toEqual(
      [1, 2, 3, 4, 5, 6, 7].map((i) => `large${String(i)}`),
    );
  });
});

describe('every list', () => {
  const lists = (): [string, string][] => [
    ['/projects/all', `project_name = '${model.project_name}' AND tags.team = 'vision'`],
    ['/models/all', `tags.kind = 'tree' AND project_name LIKE '%'`],
    [`/models/project-id/${model.project_id}`, `model_name != 'x'`],
    [`/models/project-name/${model.project_name}`, `created_datetime > 2020-01-01`],
    [`/models/name/${model.model_name}`, `project_id = '${model.project_id}'`],
    ['/experiments/all', `parameters.i = 3 AND model_name = '${model.model_name}'`],
    [`/experiments/model-id/${model.model_id}`, 'parameters.i = 3'],
    [`/experiments/project-id/${model.project_id}`, 'parameters.i BETWEEN 3 AND 3'],
  ];

  it('takes limit, order and where', async () => {
    for (const [path, where] of lists()) {
      const one = await get(`${path}?limit=1&order=desc&where=${encodeURIComponent(where)}`);
      expect([path, one.status, one.body.length]).toEqual([path, 200, 1]);
      const all = await get(`${path}?where=${encodeURIComponent(where)}`);
      expect([path, all.body]).toEqual([path, one.body]);
      const none = await get(`${path}?where=${encodeURIComponent(`NOT (${where})`)}&limit=3`);
      expect(none.body).not.toContainEqual(one.body[0]);
    }
  });

  it.each([
    ['limit=0', 'limit'],
    ['limit=1001', 'limit'],
    ['limit=ten', 'limit'],
    ['limit=1.5', 'limit'],
    ['limit=', 'limit'],
    ['order=newest', 'order'],
    ['limt=10', 'limt'],
    ['limit=1&limit=2', 'limit'],
    ['cursor=AAAA', 'cursor'],
    ['cursor=%00', 'cursor'],
    ['where=', 'where'],
    ['where=created_datetime', 'where'],
    ['where=nothing%20%3D%201', 'where'],
    ['__proto__=1', '__proto__'],
  ])('refuses %s and names it', async (query, name) => {
    for (const [path] of lists()) {
      const { status, body } = await get(`${path}?${query}`);
      expect([path, status, body.errors?.[0]?.path]).toEqual([path, 422, name]);
    }
  });
});

describe('a cursor', () => {
  const first = async () =>
    nextPage(await get(`/experiments/model-id/${model.model_id}?limit=5`)) ?? '';

  it('is refused when a single character of it is changed, added or missing', async () => {
    const path = await first();
    const cursor = new URL(path, service.http.url).searchParams.get('cursor') ?? '';
    const base = path.slice(0, path.indexOf('cursor=') + 'cursor='.length);
    expect((await get(base + cursor)).status).toBe(200);
    const other = (character: string): string => (character === 'A' ? 'B' : 'A');
    const changed = Array.from(
      cursor,
      (character, i) => cursor.slice(0, i) + other(character) + cursor.slice(i + 1),
    );
    for (const wrong of [...changed, `${cursor}A`, cursor.slice(0, -1), `${cursor}=`]) {
      const { status, body } = await get(base + encodeURIComponent(wrong));
      expect([wrong, status, body.code]).toEqual([wrong, 422, 'INVALID_CURSOR']);
    }
  });

  it('is refused for another question', async () => {
    const path = await first();
    const others = [
      path.replace(model.model_id, 'other'),
      path.replace('model-id', 'project-id'),
      `${path}&order=desc`,
      `${path}&where=${encodeURIComponent('parameters.i = 3')}`,
    ];
    for (const other of others) expect((await get(other)).body.code).toBe('INVALID_CURSOR');
    expect((await get(path.replace('limit=5', 'limit=6'))).status).toBe(200);
  });

  it('is good for every service on the database', async () => {
    const path = await first();
    await using other = await startService({ databaseUrl: () => service.database.url });
    expect((await other.http.get(path)).body).toEqual(made.slice(5, 10));
  });
});

describe('a walk while others write', () => {
  const moment = (i: number): string => new Date(Date.UTC(2026, 0, 1, 0, 0, i)).toISOString();

  it('repeats no row, and skips none that was there from start to end', async () => {
    const { sql } = service.database;
    const { project_id } = model;
    const seconds = fc.integer({ min: 0, max: 5 });
    const before = fc.array(seconds, { minLength: 1, maxLength: 30 });
    const during = fc.array(fc.tuple(seconds, fc.integer({ min: 0, max: 40 })), { maxLength: 12 });
    const limit = fc.integer({ min: 1, max: 7 });
    const order = fc.constantFrom('asc', 'desc');
    let run = 0;
    const holds = fc.asyncProperty(before, during, limit, order, async (rows, changes, n, by) => {
      run += 1;
      const modelId = `walk-${String(run)}`;
      await sql.query(`INSERT INTO models (model_id, project_id, model_name) VALUES ($1, $2, $1)`, [
        modelId,
        project_id,
      ]);
      let count = 0;
      const insert = async (second: number): Promise<string> => {
        count += 1;
        const id = `${modelId}-${String(count)}`;
        await sql.query(
          `INSERT INTO experiments (experiment_id, project_id, model_id, model_version_id, created_datetime)
           VALUES ($1, $2, $3, 'v', $4)`,
          [id, project_id, modelId, moment(second)],
        );
        return id;
      };
      const ids: string[] = [];
      for (const second of rows) ids.push(await insert(second));
      const deleted = new Set<string>();
      const pending = [...changes];
      const found = await walk(
        service.http,
        `/experiments/model-id/${modelId}?limit=${String(n)}&order=${by}`,
        async () => {
          const [second, index] = pending.shift() ?? [];
          if (second === undefined || index === undefined) return;
          await insert(second);
          const victim = ids[index];
          if (victim === undefined) return;
          deleted.add(victim);
          await sql.query(
            `UPDATE experiments SET deleted_datetime = now() WHERE experiment_id = $1`,
            [victim],
          );
        },
      );
      const foundIds = found.map(({ experiment_id }) => experiment_id as string);
      expect(new Set(foundIds).size).toBe(foundIds.length);
      for (const id of ids) if (!deleted.has(id)) expect(foundIds).toContain(id);
    });
    await fc.assert(holds, { numRuns: 40 });
  });
});
