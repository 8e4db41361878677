import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { untilBlocked } from '../support/barrier.js';
import type { Answer } from '../support/http-client.js';
import { Records } from '../support/records.js';
import { startService, type TestService } from '../support/service.js';

const POOL = 10;
let service: TestService;
let records: Records;
beforeAll(async () => {
  service = await startService({ poolSize: POOL });
  records = new Records(service.http);
});
afterAll(() => service.stop());

const times = (count: number, work: (index: number) => Promise<Answer>): Promise<Answer[]> =>
  Promise.all(Array.from({ length: count }, (_, index) => work(index)));
const distinct = (answers: Answer[], field: string): unknown[] => [
  ...new Set(answers.map(({ body }) => body[field])),
];

describe('100 simultaneous POSTs of one new name', () => {
  // Somebody else is just inserting the name, so that every connection of the service stands at the same point.
  it.each(['ROLLBACK', 'COMMIT'])('make one project, after a %s elsewhere', async (end) => {
    const { sql } = service.database;
    const name = `race-${end}`;
    await sql.query('BEGIN');
    await sql.query(`INSERT INTO projects (project_id, project_name) VALUES ($1, $1)`, [name]);
    const posts = times(100, () => service.http.post('/projects', { project_name: name }));
    await untilBlocked(sql, POOL);
    await sql.query(end);
    const answers = await posts;
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect(distinct(answers, 'project_id')).toHaveLength(1);
    const { rows } = await sql.query('SELECT FROM projects WHERE project_name = $1', [name]);
    expect(rows).toHaveLength(1);
  });

  it.each(['ROLLBACK', 'COMMIT'])('make one model, after a %s elsewhere', async (end) => {
    const { sql } = service.database;
    const { project_id } = await records.project();
    await sql.query('BEGIN');
    const insert = `INSERT INTO models (model_id, project_id, model_name) VALUES ($1, $2, 'race')`;
    await sql.query(insert, [`race-${end}`, project_id]);
    const posts = times(100, () =>
      service.http.post('/models', { project_id, model_name: 'race' }),
    );
    await untilBlocked(sql, POOL);
    await sql.query(end);
    const answers = await posts;
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect(distinct(answers, 'model_id')).toHaveLength(1);
  });
});

describe('200 simultaneous merges of different keys', () => {
  it.each([
    ['evaluations', 'evaluations'],
    ['artifact-file-paths', 'artifact_file_paths'],
  ])('into %s keep every key and nothing else changes', async (route, field) => {
    const { sql } = service.database;
    const before = await records.experiment({ parameters: { lr: 1 } });
    await sql.query('BEGIN');
    const lock = 'SELECT FROM experiments WHERE experiment_id = $1 FOR UPDATE';
    await sql.query(lock, [before.experiment_id]);
    const path = `/experiments/${route}/${before.experiment_id}`;
    const merges = times(200, (i) =>
      service.http.post(path, { [field]: { [`key${String(i)}`]: i } }),
    );
    await untilBlocked(sql, POOL);
    await sql.query('COMMIT');
    expect(new Set((await merges).map(({ status }) => status))).toEqual(new Set([200]));
    const { body } = await service.http.get(`/experiments/id/${before.experiment_id}`);
    const keys = Object.fromEntries(Array.from({ length: 200 }, (_, i) => [`key${String(i)}`, i]));
    expect(body).toEqual({ ...before, [field]: keys, updated_datetime: body.updated_datetime });
  });
});

describe('a name that is freed while it is asked for', () => {
  it('is made anew', async () => {
    const { sql } = service.database;
    const { project_id: old, project_name } = await records.project();
    await sql.query('BEGIN');
    await sql.query('UPDATE projects SET deleted_datetime = now() WHERE project_id = $1', [old]);
    const rename = service.http.patch(`/projects/id/${old}`, { description: 'too late' });
    await untilBlocked(sql, 1);
    await sql.query('COMMIT');
    expect((await rename).status).toBe(404);
    const { body } = await service.http.post('/projects', { project_name });
    expect(body.project_id).not.toBe(old);
  });
});

describe('renaming two records to one name at once', () => {
  it('lets one and answers 409 to the other', async () => {
    const [one, other] = [await records.project(), await records.project()];
    const answers = await Promise.all(
      [one, other].map(({ project_id }) =>
        service.http.patch(`/projects/id/${project_id}`, { project_name: 'both' }),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
  });
});
