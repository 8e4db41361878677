import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { untilBlocked } from '../support/barrier.js';
import type { Answer } from '../support/http-client.js';
import { Records } from '../support/records.js';
import { startService, type TestService } from '../support/service.js';

let service: TestService;
let records: Records;
beforeAll(async () => {
  service = await startService();
  records = new Records(service.http);
});
afterAll(() => service.stop());

const tagOf = ({ headers }: Answer): string => headers.get('etag') ?? '';

/** One record of each kind, by its path, with a change for it. */
async function oneOfEach(): Promise<[string, object][]> {
  const project = await records.project();
  const model = await records.model({ project_id: project.project_id });
  const experiment = await records.experiment({ model_id: model.model_id });
  return [
    [`/experiments/id/${experiment.experiment_id}`, { description: 'changed' }],
    [`/models/id/${model.model_id}`, { description: 'changed' }],
    [`/projects/id/${project.project_id}`, { description: 'changed' }],
  ];
}

describe('a record', () => {
  it('has the same strong tag in every answer, until it changes', async () => {
    const { http } = service;
    for (const [path, change] of await oneOfEach()) {
      const read = await http.get(path);
      expect(tagOf(read)).toMatch(/^"\d{20}"$/);
      expect(tagOf(await http.patch(path, {}))).toBe(tagOf(read));
      const changed = await http.patch(path, change);
      expect(tagOf(changed)).not.toBe(tagOf(read));
      expect(tagOf(await http.get(path))).toBe(tagOf(changed));
      const removed = await http.delete(path);
      const restored = await http.post(`${path}/restore`);
      expect(new Set([read, changed, removed, restored].map(tagOf)).size).toBe(4);
    }
  });

  it('has another tag after each change, also when the clock was set back', async () => {
    for (const [path, change] of await oneOfEach()) {
      const [, table = '', , id] = path.split('/');
      await service.database.sql.query(
        `UPDATE ${table} SET updated_datetime = now() + interval '1 day' WHERE ${table.slice(0, -1)}_id = $1`,
        [id],
      );
      const tags = [await service.http.get(path)];
      for (let count = 0; count < 3; count += 1) tags.push(await service.http.patch(path, change));
      if (table === 'experiments') {
        for (const merge of ['evaluations', 'artifact-file-paths']) {
          const json = { [merge.replaceAll('-', '_')]: { a: 1 } };
          tags.push(await service.http.post(`/experiments/${merge}/${String(id)}`, json));
        }
      }
      expect(new Set(tags.map(tagOf)).size).toBe(tags.length);
    }
  });

  it('is not sent again to whom has it: 304 without a body', async () => {
    const { http } = service;
    for (const [path] of await oneOfEach()) {
      const tag = tagOf(await http.get(path));
      for (const known of [tag, `W/${tag}`, `"other", ${tag}`, '*']) {
        const answer = await http.get(path, { headers: { 'if-none-match': known } });
        expect([answer.status, answer.text, tagOf(answer)]).toEqual([304, '', tag]);
      }
      for (const unknown of ['"other"', tag.slice(1, -1)]) {
        const answer = await http.get(path, { headers: { 'if-none-match': unknown } });
        expect([answer.status, tagOf(answer)]).toEqual([200, tag]);
      }
    }
  });
});

describe('a change that expects a state', () => {
  const changes = async (path: string, change: object, tag: string): Promise<Answer[]> => {
    const headers = { 'if-match': tag };
    const answers = [await service.http.send('PATCH', path, { json: change, headers })];
    const [, kind, , id = ''] = path.split('/');
    if (kind === 'experiments') {
      for (const [merge, json] of [
        ['evaluations', { evaluations: { a: 1 } }],
        ['artifact-file-paths', { artifact_file_paths: { a: 'b' } }],
      ] as const) {
        answers.push(await service.http.post(`/experiments/${merge}/${id}`, json, { headers }));
      }
    }
    answers.push(await service.http.send('DELETE', path, { headers }));
    return answers;
  };

  it('is refused in another one, with the tag of now, and changes nothing', async () => {
    for (const [path, change] of await oneOfEach()) {
      const before = await service.http.get(path);
      for (const tag of ['"20260101000000000000"', `W/${tagOf(before)}`, 'nonsense']) {
        for (const answer of await changes(path, change, tag)) {
          expect([answer.status, answer.body.code]).toEqual([412, 'RECORD_CHANGED']);
          expect(tagOf(answer)).toBe(tagOf(before));
        }
      }
      expect((await service.http.get(path)).text).toBe(before.text);
    }
  });

  it('takes place in the right one, in one of several, or in any', async () => {
    for (const [path, change] of await oneOfEach()) {
      let tag = tagOf(await service.http.get(path));
      for (const expected of [(now: string) => now, (now: string) => `"x", ${now}`, () => '*']) {
        const headers = { 'if-match': expected(tag) };
        const answer = await service.http.send('PATCH', path, { json: change, headers });
        expect(answer.status).toBe(200);
        tag = tagOf(answer);
      }
      const removed = await service.http.send('DELETE', path, { headers: { 'if-match': tag } });
      expect(removed.status).toBe(200);
      await service.http.post(`${path}/restore`);
    }
  });

  it('is a 404 where there is no record', async () => {
    for (const kind of ['projects', 'models', 'experiments']) {
      for (const answer of await changes(`/${kind}/id/none`, {}, '"x"')) {
        expect(answer.status).toBe(404);
      }
    }
  });

  it('wins once among many at the same moment', async () => {
    const { sql } = service.database;
    for (const [path] of await oneOfEach()) {
      const [, table = '', , id] = path.split('/');
      const tag = tagOf(await service.http.get(path));
      await sql.query('BEGIN');
      await sql.query(`SELECT FROM ${table} WHERE ${table.slice(0, -1)}_id = $1 FOR UPDATE`, [id]);
      const sent = Array.from({ length: 8 }, (_, index) =>
        service.http.send('PATCH', path, {
          json: { description: String(index) },
          headers: { 'if-match': tag },
        }),
      );
      await untilBlocked(sql, 8);
      await sql.query('COMMIT');
      const statuses = (await Promise.all(sent)).map(({ status }) => status).sort();
      expect(statuses).toEqual([200, ...Array.from({ length: 7 }, () => 412)]);
    }
  });
});
