import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ForgettingService } from '#idempotency';
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

const headers = (key: string) => ({ 'idempotency-key': key });
const replayed = ({ headers: answered }: Answer) => answered.get('idempotency-replayed');

/** Sends the same request again and expects the same answer, told to be a replay. */
async function expectReplay(first: Answer, send: () => Promise<Answer>): Promise<void> {
  expect([first.status, replayed(first)]).toEqual([200, null]);
  const second = await send();
  expect([second.status, replayed(second)]).toEqual([200, 'true']);
  expect(second.text).toBe(first.text);
  expect(second.headers.get('etag')).toBe(first.headers.get('etag'));
}

const count = async (table: string): Promise<number> => {
  const { rows } = await service.database.sql.query<{ count: string }>(
    `SELECT count(*) FROM ${table}`,
  );
  return Number(rows[0]?.count);
};

describe('the same request with the same key', () => {
  it('is carried out once, whatever it writes', async () => {
    const { http } = service;
    const project = await records.project();
    const model = await records.model({ project_id: project.project_id });
    const experiment = await records.experiment({ model_id: model.model_id });
    const content = {
      model_id: model.model_id,
      model_version_id: 'v2',
      parameters: { 'Größe "x"': [1.5, null, { deep: true }], big: 'NaN' },
      evaluations: { accuracy: 0.5 },
      tags: { team: 'a' },
    };
    const requests: [string, string, unknown][] = [
      ['POST', '/projects', { project_name: 'once', description: 'd', tags: { a: 'b' } }],
      ['PATCH', `/projects/id/${project.project_id}`, { description: 'new' }],
      ['POST', '/models', { project_id: project.project_id, model_name: 'once' }],
      ['PATCH', `/models/id/${model.model_id}`, { tags: { a: 'b' } }],
      ['POST', '/experiments', content],
      ['POST', `/experiments/evaluations/${experiment.experiment_id}`, { evaluations: { a: 1 } }],
      [
        'POST',
        `/experiments/artifact-file-paths/${experiment.experiment_id}`,
        { artifact_file_paths: { a: 's3://a' } },
      ],
      ['PATCH', `/experiments/id/${experiment.experiment_id}`, { description: 'new' }],
      ['DELETE', `/experiments/id/${experiment.experiment_id}`, undefined],
      ['POST', `/experiments/id/${experiment.experiment_id}/restore`, undefined],
      ['DELETE', `/models/id/${model.model_id}`, undefined],
      ['POST', `/models/id/${model.model_id}/restore`, undefined],
      ['DELETE', `/projects/id/${project.project_id}`, undefined],
      ['POST', `/projects/id/${project.project_id}/restore`, undefined],
    ];
    for (const [method, path, json] of requests) {
      const key = randomUUID();
      const send = () => http.send(method, path, { json, headers: headers(key) });
      await expectReplay(await send(), send);
    }
  });

  it('gets the answer of the first time, even when the record has changed since', async () => {
    const { http } = service;
    const experiment = await records.experiment();
    const path = `/experiments/id/${experiment.experiment_id}`;
    const send = () =>
      http.send('PATCH', path, {
        json: { description: 'first' },
        headers: headers('changed-since'),
      });
    const first = await send();
    await http.patch(path, { description: 'second' });
    await expectReplay(first, send);
    expect((await http.get(path)).body.description).toBe('second');
  });

  it('keeps values exactly as they were answered', async () => {
    const model = await records.model();
    const raw =
      `{"model_id":"${model.model_id}","model_version_id":"v","parameters":` +
      `{"big":123456789012345678901234567890,"digits":0.12345678901234567,"tiny":1e-320,"one":1.0,"x":{}}}`;
    const send = () =>
      service.http.send('POST', '/experiments', { raw, headers: headers('exact') });
    const first = await send();
    expect(first.text).toContain('123456789012345678901234567890');
    await expectReplay(first, send);
  });

  it('is replayed after what it was about is gone, and where it would be refused now', async () => {
    const { http } = service;
    const model = await records.model();
    const body = { model_id: model.model_id, model_version_id: 'v' };
    const send = () => http.post('/experiments', body, { headers: headers('gone') });
    const create = () =>
      http.send('POST', '/projects', {
        json: { project_name: 'new-only' },
        headers: { ...headers('new-only'), 'if-none-match': '*' },
      });
    const [first, made] = [await send(), await create()];
    await http.delete(`/models/id/${model.model_id}`);
    await expectReplay(first, send);
    await expectReplay(made, create);
  });
});

describe('a key', () => {
  it('is refused for another body, path or method', async () => {
    const { http } = service;
    const experiment = await records.experiment();
    const path = `/experiments/id/${experiment.experiment_id}`;
    const key = headers('mine');
    const json = { description: 'a' };
    expect((await http.send('PATCH', path, { json, headers: key })).status).toBe(200);
    const others = [
      await http.send('PATCH', path, { json: { description: 'b' }, headers: key }),
      await http.send('PATCH', `${path}?x`, { json, headers: key }),
      await http.send('DELETE', path, { headers: key }),
      await http.post('/projects', { project_name: 'stolen' }, { headers: key }),
    ];
    for (const { status, body } of others) {
      expect([status, body.code]).toEqual([422, 'IDEMPOTENCY_KEY_REUSED']);
    }
    expect((await http.get('/projects/name/stolen')).status).toBe(404);
    expect((await http.get(path)).body.description).toBe('a');
  });

  it('remembers no refusal: what was refused may be repeated when it can work', async () => {
    const { http } = service;
    const project = await records.project();
    const model = await records.model({ project_id: project.project_id });
    const experiment = await records.experiment({ model_id: model.model_id });
    const path = `/experiments/id/${experiment.experiment_id}`;
    const send = () => http.post(`${path}/restore`, undefined, { headers: headers('refused') });
    await http.delete(path);
    await http.delete(`/models/id/${model.model_id}`);
    expect((await send()).body.code).toBe('MODEL_DELETED');
    await http.post(`/models/id/${model.model_id}/restore`);
    await expectReplay(await send(), send);
    const missing = () =>
      http.send('PATCH', '/projects/id/none', { json: {}, headers: headers('none') });
    expect([(await missing()).status, (await missing()).status]).toEqual([404, 404]);
  });

  it.each([
    ['', 400],
    [' ', 400],
    ['ä', 400],
    ['a'.repeat(256), 400],
    ['a'.repeat(255), 200],
  ])('has 1 to 255 printable ASCII characters: %j', async (key, status) => {
    const answer = await service.http.send('POST', '/projects', {
      json: { project_name: `key-${String(key.length)}-${String(status)}` },
      headers: headers(key),
    });
    expect(answer.status).toBe(key.trim() === '' ? 400 : status);
    if (status === 400) expect(answer.body.code).toBe('IDEMPOTENCY_KEY_MALFORMED');
  });
});

describe('many requests with one key at the same moment', () => {
  it('write once and are all answered alike', async () => {
    const model = await records.model();
    const before = await count('experiments');
    const body = { model_id: model.model_id, model_version_id: 'v' };
    const { sql } = service.database;
    // Somebody else holds the key, so that all of them stand at its index before one may go on.
    await sql.query('BEGIN');
    await sql.query(
      `INSERT INTO idempotency_keys (key, fingerprint, answer) VALUES ('race', '', '[]')`,
    );
    const sent = Array.from({ length: 30 }, () =>
      service.http.post('/experiments', body, { headers: headers('race') }),
    );
    await untilBlocked(sql, 10);
    await sql.query('ROLLBACK');
    const answers = await Promise.all(sent);
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect(answers.filter((answer) => replayed(answer) === null)).toHaveLength(1);
    expect(await count('experiments')).toBe(before + 1);
  });

  it('merge once: the experiment changes once', async () => {
    const experiment = await records.experiment();
    const path = `/experiments/evaluations/${experiment.experiment_id}`;
    const answers = await Promise.all(
      Array.from({ length: 20 }, () =>
        service.http.post(path, { evaluations: { a: 1 } }, { headers: headers('merge-once') }),
      ),
    );
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
  });
});

describe('remembered answers', () => {
  it('are forgotten when their time is over, also when they are many', async () => {
    const { sql } = service.database;
    await sql.query(
      `INSERT INTO idempotency_keys (key, fingerprint, answer, created_datetime)
       SELECT 'old-' || n, '', '[]', now() - interval '25 hours' FROM generate_series(1, 1234) n`,
    );
    await sql.query(
      `INSERT INTO idempotency_keys (key, fingerprint, answer, created_datetime)
       VALUES ('young', '', '[]', now() - interval '23 hours')`,
    );
    expect(await service.app.get(ForgettingService, { strict: false }).work()).toBe(1234);
    const { rows } = await sql.query(`SELECT FROM idempotency_keys WHERE key = 'young'`);
    expect(rows).toHaveLength(1);
  });
});
