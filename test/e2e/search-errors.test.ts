import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Records } from '../support/records.js';
import { startService, type TestService } from '../support/service.js';

let service: TestService;
let experiment: { experiment_id: string };
beforeAll(async () => {
  service = await startService();
  experiment = await new Records(service.http).experiment({ parameters: { lr: 0.1 } });
});
afterAll(() => service.stop());

const search = (body: object) => service.http.post('/experiments/search', body);

describe('a search that is wrong', () => {
  it.each([
    ['evaluations.accuracy >=', 'where', /expected a value after ">=" at line 1, column 24/],
    ['evaluation.accuracy > 1', 'where', /expected one of the fields .*did you mean evaluations/],
    ['evaluations.F1 score > 1', 'where', /line 1, column 16/],
  ])('%s is told where and what', async (where, path, message) => {
    const { status, body } = await search({ where });
    expect([status, body.code]).toEqual([422, 'INVALID_FILTER']);
    expect(body.errors).toEqual([{ path, message: expect.stringMatching(message) }]);
  });

  it('names the ordering or the field that is wrong', async () => {
    const order = await search({ order_by: ['created_datetime', 'evaluations DESC'] });
    expect(order.body).toMatchObject({ code: 'INVALID_ORDER', errors: [{ path: 'order_by[1]' }] });
    const fields = await search({ fields: ['model_id', 'nothing'] });
    expect(fields.body).toMatchObject({ code: 'INVALID_FIELD', errors: [{ path: 'fields[1]' }] });
  });

  it('does not take the cursor of another search', async () => {
    await new Records(service.http).experiment();
    const { body } = await search({ limit: 1 });
    const cursor: string = body.next_cursor;
    expect((await search({ cursor, limit: 5 })).status).toBe(200);
    const others = [{ order_by: ['created_datetime'] }, { where: 'parameters.lr > 0' }];
    for (const other of others) {
      expect((await search({ cursor, ...other })).body.code).toBe('INVALID_CURSOR');
    }
  });
});

describe('fields', () => {
  it('are answered under the names they were asked for with, and nothing else', async () => {
    const fields = [
      'experiment_id',
      'parameters',
      'parameters.lr',
      'parameters."no such key"',
      'model_name',
      'description',
      'evaluations',
    ];
    const { status, text, body } = await search({ fields, where: 'parameters.lr = 0.1' });
    expect([status, text]).toEqual([200, expect.any(String)]);
    expect(body.experiments).toEqual([
      {
        experiment_id: experiment.experiment_id,
        parameters: { lr: 0.1 },
        'parameters.lr': 0.1,
        'parameters."no such key"': null,
        model_name: expect.any(String),
        description: null,
        evaluations: null,
      },
    ]);
  });
});

describe('a search that no index helps', () => {
  it('is stopped, told how to narrow it, and keeps nothing from being written', async () => {
    await using impatient = await startService({ searchTimeoutMs: 300 });
    const records = new Records(impatient.http);
    const { experiment_id } = await records.experiment();
    await impatient.database.sql.query(
      `INSERT INTO experiments (experiment_id, project_id, model_id, model_version_id, description, created_datetime)
       SELECT 'slow' || i, e.project_id, e.model_id, 'v', repeat('ab', 4000), '2020-01-01'
       FROM experiments e, generate_series(1, 20000) i WHERE e.experiment_id = $1`,
      [experiment_id],
    );
    // Every row is compared with a pattern that nearly fits everywhere, several times over.
    const where = Array.from({ length: 40 }, (_, i) => `description LIKE '%a%b%c${String(i)}%'`);
    const slow = { where: where.join(' OR '), count: true };
    const answers = await Promise.all(
      Array.from({ length: 6 }, () => impatient.http.post('/experiments/search', slow)),
    );
    for (const { status, body, headers } of answers) {
      expect([status, body.code]).toEqual([503, 'SEARCH_TOO_SLOW']);
      expect(headers.get('retry-after')).toMatch(/^\d+$/);
      expect(body.detail).toContain('Narrow it');
    }
    await records.experiment();
  });
});

const ATTEMPTS = [
  `'; DROP TABLE experiments; --`,
  `' OR '1'='1`,
  `1); DELETE FROM projects; --`,
  `$1`,
  `\\`,
  `%`,
  `{"$gt":""}`,
  `") FROM pg_authid --`,
];

describe('SQL in a search', () => {
  const quoted = (text: string, mark: string) => mark + text.replaceAll(mark, mark + mark) + mark;
  it.each(ATTEMPTS)('is text, or refused: %s', async (attempt) => {
    const [text, key] = [quoted(attempt, `'`), quoted(attempt, '"')];
    const right = [
      { where: `description = ${text} OR parameters.${key} = ${text} OR model_name = ${text}` },
      { where: `evaluations.${key} > 1 OR tags.${key} IN (${text})` },
      { order_by: [`evaluations.${key} DESC`, `parameters.${key}`] },
      { fields: [`parameters.${key}`] },
      { project_id: attempt, model_id: attempt },
    ];
    for (const body of right) expect([body, (await search(body)).status]).toEqual([body, 200]);
    const wrong = [{ where: attempt }, { order_by: [attempt] }, { fields: [attempt] }];
    for (const body of wrong) expect([body, (await search(body)).status]).toEqual([body, 422]);
    const evaluation = encodeURIComponent(key);
    const board = await service.http.get(`/experiments/leaderboard?evaluation=${evaluation}`);
    expect(board.status).toBe(200);
    const { rows } = await service.database.sql.query('SELECT FROM experiments LIMIT 1');
    expect(rows).toHaveLength(1);
  });
});
