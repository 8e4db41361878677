import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { measureCapacity, NotEmptyError, type Line } from '../../bench/capacity/measure.js';
import { readOptions } from '../../bench/capacity/options.js';
import { formatCapacity } from '../../bench/capacity/report.js';
import { Caller } from '../../bench/support/caller.js';
import { startService, type TestService } from '../support/service.js';

describe('the command line of npm run bench:capacity', () => {
  it('measures in a folder of its own, unless another place is given', () => {
    expect(readOptions([])).toEqual({
      amounts: { experiments: 100_000, points: 1_000_000, changes: 2000 },
      place: { dataDir: '.modeldb-bench/capacity' },
    });
    expect(readOptions(['--database-url', 'postgresql://localhost/x'])).toMatchObject({
      place: { databaseUrl: 'postgresql://localhost/x' },
    });
    expect(() => readOptions(['--points', '9'])).toThrow('--points must be a whole number');
    expect(() => readOptions(['--data-dir', 'a', '--database-url', 'b'])).toThrow('exclude');
  });
});

describe('what things take on disk', () => {
  const amounts = { experiments: 1100, points: 20_000, changes: 20 };
  let service: TestService;
  let caller: Caller;
  let lines: Line[];
  const measure = (): Promise<Line[]> =>
    measureCapacity(service.database.sql, caller, amounts, () => undefined);
  beforeAll(async () => {
    service = await startService();
    caller = new Caller(service.http.url);
    lines = await measure();
  });
  afterAll(async () => {
    caller.close();
    await service.stop();
  });

  it('is counted for all that was written, and for nothing else', () => {
    expect(lines.map(({ what, rows }) => [what, rows])).toEqual([
      ['an experiment', 1100],
      ['its numbers in the index', 1100],
      ['its event in the audit', 1100],
      ['a point of a metric', 20_000],
      ['a curve', 20],
      ['the event of a change', 20],
      ['a remembered answer', 20],
      // They are sealed once an hour in tests.
      ['the seal of an event', 0],
    ]);
  });

  it('is neither less than what was sent nor many times of it', () => {
    const together = new Map(
      lines.map(({ what, rows, table, indexes }) => [what, (table + indexes) / rows]),
    );
    expect(together.get('an experiment')).toBeGreaterThan(500);
    expect(together.get('an experiment')).toBeLessThan(10_000);
    expect(together.get('a point of a metric')).toBeGreaterThan(8 + 8 + 8 + 8);
    expect(together.get('a point of a metric')).toBeLessThan(400);
    expect(together.get('the event of a change')).toBeGreaterThan(100);
  });

  it('is told as a table', () => {
    const line = { what: 'a thing', rows: 4, table: 4000, indexes: 2002 };
    expect(formatCapacity([line]).split('\n').at(-1)).toMatch(
      /^\| a thing +\| +4 \| +1000 \| +501 \| +1501 \|$/,
    );
  });

  it('is not measured among what is there already', async () => {
    await expect(measure()).rejects.toThrow(NotEmptyError);
  });
});
