import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { makeSource } from '../../bench/archive/make-source.js';
import { createDatabase, type TestDatabase } from '../support/database.js';
import { outOfStep } from '../support/out-of-step.js';

describe('what the benchmark exports', () => {
  let source: TestDatabase;
  beforeAll(async () => {
    source = await createDatabase();
    await makeSource(source.url, 500);
  });
  afterAll(() => source.drop());

  it('is what a service leaves: events, curves, and an index that is in step', async () => {
    const { rows } = await source.sql.query(
      `SELECT (SELECT count(*)::int FROM audit_events) AS events,
         (SELECT count(*) FROM metric_points) = (SELECT sum(count) FROM metric_series) AS are_points_counted`,
    );
    expect(rows).toEqual([{ events: 500, are_points_counted: true }]);
    expect(await outOfStep(source.sql)).toEqual([]);
  });
});
