import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { untilBlocked } from '../support/barrier.js';
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

interface Point {
  readonly key: string;
  readonly step: number;
  readonly timestamp: string;
  readonly value: number | string;
}

const at = (second: number): string => new Date(Date.UTC(2026, 0, 1, 0, 0, second)).toISOString();
const sent = (time: string): string =>
  time.replace(/(\.\d{3})?Z$/, (_, ms = '.000') => `${String(ms)}000Z`);
const path = (experiment: { experiment_id: string }): string =>
  `/experiments/id/${experiment.experiment_id}/metrics`;

async function append(experiment: { experiment_id: string }, metrics: unknown[]) {
  const answer = await service.http.post(path(experiment), { metrics });
  expect([answer.status, answer.text]).toEqual([200, answer.text]);
  return answer.body;
}

const numeric = (value: number | string): number => Number(value);
/** NaN is above all other numbers, as in PostgreSQL. */
const compare = (a: number, b: number): number =>
  Number.isNaN(a) || Number.isNaN(b) ? Number(Number.isNaN(a)) - Number(Number.isNaN(b)) : a - b;

/** The points, each once, in order. */
function distinct(points: readonly Point[]): Point[] {
  const known = new Map(points.map((point) => [JSON.stringify(Object.values(point)), point]));
  return [...known.values()].sort(
    (a, b) =>
      (a.key < b.key ? -1 : Number(a.key > b.key)) ||
      a.step - b.step ||
      (a.timestamp < b.timestamp ? -1 : Number(a.timestamp > b.timestamp)) ||
      compare(numeric(a.value), numeric(b.value)),
  );
}

function summarise(points: readonly Point[]) {
  const numbers = points.map(({ value }) => numeric(value)).filter((value) => !Number.isNaN(value));
  const last = points.at(-1);
  const json = (value: number): number | string => (Number.isFinite(value) ? value : String(value));
  return {
    key: last?.key,
    count: points.length,
    last: last?.value,
    last_step: last?.step,
    last_timestamp: sent(last?.timestamp ?? ''),
    min: numbers.length === 0 ? 'NaN' : json(Math.min(...numbers)),
    max: numbers.length === 0 ? 'NaN' : json(Math.max(...numbers)),
  };
}

const POINT = fc.record({
  key: fc.constantFrom('loss', 'val.loss', 'a\\b', 'Ü "x"'),
  step: fc.integer({ min: -3, max: 6 }),
  timestamp: fc.integer({ min: 0, max: 4 }).map(at),
  value: fc.oneof(
    fc.integer({ min: -3, max: 3 }),
    fc.constantFrom<number | string>(0.25, 1e-320, 1e308, 'NaN', 'Infinity', '-Infinity'),
  ),
});

describe('points', () => {
  it('are there once, in order, with what is kept of them, however they are sent', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(POINT, { minLength: 1, maxLength: 12 }), { minLength: 1, maxLength: 4 }),
        async (requests) => {
          const experiment = await records.experiment({ evaluations: { loss: 1 } });
          await Promise.all(requests.map((points) => append(experiment, points)));
          const expected = distinct(requests.flat());
          const { body } = await service.http.get(path(experiment));
          expect(body).toEqual(
            expected.map(({ key, step, timestamp, value }) => ({
              key,
              step,
              timestamp: sent(timestamp),
              value,
            })),
          );
          const keys = [...new Set(expected.map(({ key }) => key))];
          const kept = await service.http.get(`${path(experiment)}/summary`);
          expect(kept.body).toEqual(
            keys.map((key) => summarise(expected.filter((point) => point.key === key))),
          );
        },
      ),
      { numRuns: 40 },
    );
    expect(await outOfStep(service.database.sql)).toEqual([]);
  });

  it('are told from what looks like them', async () => {
    const experiment = await records.experiment();
    const metrics = [
      String.raw`{ "key":"value", "step":1, "value" : 1.50 }`,
      String.raw`{"step":2,"value":"\u004eaN","key":"\"value\":7"}`,
      String.raw`{"val\u0075e":-25e-1,"step":3,"key":"\\\"value\" : 8"}`,
    ];
    const raw = `{"metrics":[${metrics.join(',')}]}`;
    expect((await service.http.send('POST', path(experiment), { raw })).status).toBe(200);
    const { text } = await service.http.get(path(experiment));
    const values = (JSON.parse(text) as Point[]).map(({ key, step }) => [step, key]);
    expect(values).toEqual([
      [2, '"value":7'],
      [3, String.raw`\"value" : 8`],
      [1, 'value'],
    ]);
    const found = Array.from(text.matchAll(/"value":([^{}]*)}/g), ([, value]) => value);
    expect(found).toEqual(['"NaN"', '-2.5', '1.50']);
  });

  it('keep every digit', async () => {
    const experiment = await records.experiment();
    const values = [
      '123456789012345678901234567890',
      '0.12345678901234567',
      '-0.10',
      '9007199254740993',
    ];
    const metrics = values.map(
      (value, step) => `{"key":"m","value":${value},"step":${String(step)}}`,
    );
    const raw = `{"metrics":[${metrics.join(',')}]}`;
    await service.http.send('POST', path(experiment), { raw });
    const { text } = await service.http.get(path(experiment));
    for (const value of values) expect(text).toContain(`"value":${value}}`);
  });

  it('take whole steps however they are written, and times of any zone', async () => {
    const experiment = await records.experiment();
    const times = [
      '2026-01-31t12:00+01',
      '1000-01-01T00:00:00+14:00',
      '2999-12-31T23:59:59.123456-12:00',
    ];
    const steps = ['1.0', '1e3', '-9007199254740991', '9007199254740991'];
    const metrics = [
      ...steps.map((step) => `{"key":"step","value":1,"step":${step},"timestamp":"${at(0)}"}`),
      ...times.map((time) => `{"key":"time","value":1,"timestamp":"${time}"}`),
    ];
    const raw = `{"metrics":[${metrics.join(',')}]}`;
    expect((await service.http.send('POST', path(experiment), { raw })).status).toBe(200);
    const { body } = await service.http.get(path(experiment));
    const of = (key: string) => (body as Point[]).filter((point) => point.key === key);
    expect(of('step').map(({ step }) => step)).toEqual([-(2 ** 53 - 1), 1, 1000, 2 ** 53 - 1]);
    expect(of('time').map(({ timestamp }) => timestamp)).toEqual([
      '0999-12-31T10:00:00.000000Z',
      '2026-01-31T11:00:00.000000Z',
      '3000-01-01T11:59:59.123456Z',
    ]);
    for (const timestamp of ['0001-01-01T00:00:00+14:00', '2026-01-31', '2026-01-31T12:00:00']) {
      const answer = await service.http.post(path(experiment), {
        metrics: [{ key: 'time', value: 1, timestamp }],
      });
      expect([answer.status, answer.body.errors[0].path]).toEqual([422, 'metrics[0].timestamp']);
    }
  });

  it('may leave out step and time: step 0, now', async () => {
    const experiment = await records.experiment();
    const before = Date.now();
    await append(experiment, [{ key: 'm', value: 1, step: null, timestamp: null }]);
    const [point] = (await service.http.get(path(experiment))).body;
    expect(point).toMatchObject({ key: 'm', step: 0, value: 1 });
    expect(Date.parse(point.timestamp)).toBeGreaterThanOrEqual(before);
  });

  it('are streamed in order, ten thousand a request, of the metrics asked for', async () => {
    const experiment = await records.experiment();
    const of = (key: string, from: number) =>
      Array.from({ length: 5000 }, (_, index) => ({
        key,
        value: index,
        step: from + index,
        timestamp: at(0),
      }));
    await append(experiment, [...of('b', 0), ...of('a', 0)]);
    const [summary] = await append(experiment, [...of('b', 5000), ...of('b', 0)]);
    expect(summary).toMatchObject({ key: 'b', count: 10_000, last_step: 9999, min: 0, max: 4999 });
    const all = await service.http.get(path(experiment));
    const steps = (key: string) =>
      all.body.filter((point: Point) => point.key === key).map((point: Point) => point.step);
    expect(all.body).toHaveLength(15_000);
    expect(steps('a')).toEqual(Array.from({ length: 5000 }, (_, index) => index));
    expect(steps('b')).toEqual(Array.from({ length: 10_000 }, (_, index) => index));
    const some = await service.http.get(`${path(experiment)}?key=a&key=none`);
    expect(some.body).toEqual(all.body.filter((point: Point) => point.key === 'a'));
    expect((await service.http.get(`${path(experiment)}?key=none`)).body).toEqual([]);
  });
});

describe('max_points', () => {
  it('keeps the first, the last, the lowest and the highest, and that there is NaN', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(POINT, { minLength: 1, maxLength: 200 }),
        fc.integer({ min: 5, max: 40 }),
        async (points, max) => {
          const experiment = await records.experiment();
          await append(experiment, points);
          const { body: all } = await service.http.get(path(experiment));
          const { body: some } = await service.http.get(
            `${path(experiment)}?max_points=${String(max)}`,
          );
          const texts = (list: Point[]) => list.map((point) => JSON.stringify(point));
          const order = new Map(texts(all).map((text, index) => [text, index]));
          const places = texts(some).map((text) => order.get(text) ?? -1);
          expect(places).toEqual([...new Set(places)].toSorted((a, b) => a - b));
          expect(places).not.toContain(-1);
          for (const key of new Set(all.map((point: Point) => point.key))) {
            const whole: Point[] = all.filter((point: Point) => point.key === key);
            const kept: Point[] = some.filter((point: Point) => point.key === key);
            if (whole.length <= max) expect(kept).toEqual(whole);
            expect(kept.length).toBeLessThanOrEqual(max);
            expect([kept[0], kept.at(-1)]).toEqual([whole[0], whole.at(-1)]);
            const { min, max: highest } = summarise(whole);
            const values = kept.map(({ value }) => value);
            expect(values).toEqual(expect.arrayContaining([min, highest]));
            if (whole.some(({ value }) => value === 'NaN')) expect(values).toContain('NaN');
          }
        },
      ),
      { numRuns: 40 },
    );
  });
});

describe('the metrics of several experiments', () => {
  it('come by their ids', async () => {
    const experiments = [await records.experiment(), await records.experiment()];
    for (const [index, experiment] of experiments.entries()) {
      await append(experiment, [{ key: 'm', value: index, timestamp: at(0) }]);
    }
    const ids = experiments.map(({ experiment_id: id }) => id);
    const query = `ids=${ids.toReversed().join(',')}&key=m`;
    for (const more of ['', '&max_points=10']) {
      const { body } = await service.http.get(`/experiments/metrics?${query}${more}`);
      expect(body).toEqual(
        ids.map((id, index) => ({
          experiment_id: id,
          key: 'm',
          step: 0,
          timestamp: sent(at(0)),
          value: index,
        })),
      );
    }
    const { status, body } = await service.http.get(
      `/experiments/metrics?ids=${ids.join(',')},none`,
    );
    expect([status, body.errors]).toEqual([
      404,
      [{ path: 'ids', message: 'names no experiment: "none"' }],
    ]);
  });
});

describe('wrong requests', () => {
  it('have each wrong field named', async () => {
    const experiment = await records.experiment();
    const right = { key: 'm', value: 1 };
    const metrics = [
      { value: 1 },
      { key: ' ', value: '1' },
      { key: 'x'.repeat(251) },
      { ...right, step: 1.5, timestamp: '2026-01-01' },
      { ...right, step: 2 ** 53, timestamp: '2026-02-30T00:00:00Z', stp: 1 },
      7,
      right,
    ];
    const { status, body } = await service.http.post(path(experiment), { metrics });
    expect([status, body.code]).toEqual([422, 'VALIDATION_FAILED']);
    expect(body.errors.map((error: { path: string }) => error.path)).toEqual([
      'metrics[0].key',
      'metrics[1].key',
      'metrics[1].value',
      'metrics[2].key',
      'metrics[2].value',
      'metrics[3].step',
      'metrics[3].timestamp',
      'metrics[4].stp',
      'metrics[4].step',
      'metrics[4].timestamp',
      'metrics[5]',
    ]);
    expect((await service.http.get(path(experiment))).body).toEqual([]);
  });

  it.each(['', '/summary'])(
    'of an experiment that is not there are a 404: metrics%s',
    async (rest) => {
      const gone = await records.experiment();
      await service.http.delete(`/experiments/id/${gone.experiment_id}`);
      for (const experiment of [gone, { experiment_id: 'none' }]) {
        expect((await service.http.get(path(experiment) + rest)).body.code).toBe(
          'EXPERIMENT_NOT_FOUND',
        );
        const answer = await service.http.post(path(experiment), {
          metrics: [{ key: 'a', value: 1 }],
        });
        expect(answer.body.code).toBe('EXPERIMENT_NOT_FOUND');
      }
    },
  );

  it.each(['max_points=4', 'max_points=10001', 'key=', 'key=a&key=a', 'keys=a'])(
    '%s',
    async (query) => {
      const experiment = await records.experiment();
      expect((await service.http.get(`${path(experiment)}?${query}`)).status).toBe(422);
    },
  );
});

describe('many at once', () => {
  it('lose nothing, double nothing, and nobody fails', async () => {
    const experiment = await records.experiment({ evaluations: { a: 1 } });
    const { sql } = service.database;
    const keys = Array.from({ length: 20 }, (_, index) => `k${String(index)}`);
    await append(experiment, [{ key: 'k10', value: 0, step: -1 }]);
    // Somebody holds a series in the middle, so that all of them are under way when it is let go.
    await sql.query('BEGIN');
    await sql.query(`SELECT FROM metric_series WHERE experiment_id = $1 FOR UPDATE`, [
      experiment.experiment_id,
    ]);
    const requests = Array.from({ length: 20 }, (_, index) => {
      const order = index % 2 === 0 ? keys : keys.toReversed();
      // Every point is sent by two requests.
      const points = order.map((key) => ({ key, value: 1, step: index >> 1, timestamp: at(0) }));
      return append(experiment, points);
    });
    await untilBlocked(sql, 10);
    await sql.query('COMMIT');
    const merge = service.http.post(`/experiments/evaluations/${experiment.experiment_id}`, {
      evaluations: { b: 2 },
    });
    await Promise.all([...requests, merge]);
    const { body } = await service.http.get(`${path(experiment)}/summary`);
    expect(body).toHaveLength(20);
    for (const { key, count, last_step: step } of body) {
      expect([key, count, step]).toEqual([key, key === 'k10' ? 11 : 10, 9]);
    }
    expect(await outOfStep(sql)).toEqual([]);
  });

  it('a request may be repeated with its key', async () => {
    const experiment = await records.experiment();
    const headers = { 'idempotency-key': 'metrics' };
    // Without a time, a repetition would otherwise be another point.
    const metrics = [{ key: 'm', value: 1 }];
    const send = () => service.http.post(path(experiment), { metrics }, { headers });
    const [first, second] = [await send(), await send()];
    expect(second.headers.get('idempotency-replayed')).toBe('true');
    expect(second.text).toBe(first.text);
    expect((await service.http.get(path(experiment))).body).toHaveLength(1);
  });
});

describe('searches and rankings', () => {
  it('go by what is kept of a metric, and never by its points', async () => {
    const model = await records.model();
    const curves: (number | string)[][] = [
      [3, 1, 2],
      [5, 'NaN'],
      ['NaN'],
      [0.5, 4],
      [1, 1, 1, 9],
      [],
    ];
    const experiments: string[] = [];
    for (const curve of curves) {
      const experiment = await records.experiment({ model_id: model.model_id });
      const points = curve.map((value, step) => ({ key: 'val.loss', value, step }));
      if (points.length > 0) await append(experiment, points);
      experiments.push(experiment.experiment_id);
    }
    const search = async (body: object): Promise<number[]> => {
      const { status, body: found } = await service.http.post('/experiments/search', {
        model_id: model.model_id,
        fields: ['experiment_id', 'metrics."val.loss".last'],
        ...body,
      });
      expect(status).toBe(200);
      return found.experiments.map((one: { experiment_id: string }) =>
        experiments.indexOf(one.experiment_id),
      );
    };
    expect(await search({ where: 'metrics."val.loss".min <= 1' })).toEqual([0, 3, 4]);
    expect(await search({ where: 'metrics."val.loss".last > 2' })).toEqual([3, 4]);
    expect(await search({ where: 'metrics."val.loss".max IN (3, 5)' })).toEqual([0, 1]);
    expect(await search({ where: 'metrics."val.loss".min IS NULL' })).toEqual([5]);
    expect(await search({ where: `metrics."val.loss".last = 'NaN'` })).toEqual([1, 2]);
    expect(await search({ where: 'NOT metrics."val.loss".min > 0.7' })).toEqual([3]);
    const order = 'metrics."val.loss".min';
    expect(await search({ order_by: [order] })).toEqual([3, 0, 4, 1, 2, 5]);
    expect(await search({ order_by: [`${order} DESC`], limit: 2 })).toEqual([1, 4]);
    expect(await search({ order_by: ['model_version_id', `${order} DESC`] })).toEqual([
      1, 4, 0, 3, 2, 5,
    ]);
    const ranking = `model_id=${model.model_id}&metric=${encodeURIComponent('"val.loss".min')}`;
    const board = await service.http.get(`/experiments/leaderboard?${ranking}&order=asc`);
    const ranks = board.body.map(
      (one: { rank: number; value: unknown; experiment: { experiment_id: string } }) => [
        one.rank,
        one.value,
        experiments.indexOf(one.experiment.experiment_id),
      ],
    );
    expect(ranks).toEqual([
      [1, 0.5, 3],
      [2, 1, 0],
      [2, 1, 4],
      [4, 5, 1],
      [5, 'NaN', 2],
      [6, null, 5],
    ]);
    const best = await service.http.get(
      `/models/best/${model.model_id}?metric=${encodeURIComponent('"val.loss".max')}`,
    );
    expect(experiments.indexOf(best.body.experiment_id)).toBe(4);
    const list = await service.http.get(
      `/experiments/model-id/${model.model_id}?where=${encodeURIComponent('metrics."val.loss".max > 4')}`,
    );
    expect(list.body).toHaveLength(2);
    const whole = await service.http.post('/experiments/search', {
      model_id: model.model_id,
      fields: ['metrics'],
      limit: 1,
    });
    expect(whole.body.experiments).toEqual([
      { metrics: { 'val.loss': { last: 2, max: 3, min: 1 } } },
    ]);
  });

  it.each(['metrics > 1', 'metrics.loss > 1', 'metrics.loss.mean > 1', 'metrics.a.b.min > 1'])(
    'refuse %s',
    async (where) => {
      const { status, body } = await service.http.post('/experiments/search', { where });
      expect([status, body.code]).toEqual([422, 'INVALID_FILTER']);
      expect(body.detail).toContain('metrics');
    },
  );

  it.each(['', 'evaluation=a&metric=a.min', 'metric=a', 'metric=a.b.min'])(
    'rank by one number, not by %j',
    async (query) => {
      expect((await service.http.get(`/experiments/leaderboard?${query}`)).status).toBe(422);
    },
  );

  it('show nothing of them among the evaluations of a summary', async () => {
    const model = await records.model();
    const experiment = await records.experiment({
      model_id: model.model_id,
      evaluations: { a: 1, '~z': 2 },
    });
    await append(experiment, [{ key: 'loss', value: 1 }]);
    const { text } = await service.http.get(`/models/id/${model.model_id}/summary`);
    expect(text).toContain('~z');
    expect(text).not.toContain('loss');
    await service.http.post(`/experiments/evaluations/${experiment.experiment_id}`, {
      evaluations: { b: 1 },
    });
    expect(await outOfStep(service.database.sql)).toEqual([]);
  });
});
