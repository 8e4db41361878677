import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ServiceMetrics, type Samples } from '#telemetry';
import { shareOf } from '../../apps/api/src/workers/assigned-config.js';
import { RequestCounter } from '../../apps/api/src/workers/request-counter.js';
import { readScrape } from '../support/prometheus.js';

describe('the share of a worker', () => {
  it('is as large as that of any other, give or take one, and all are what there is', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1000 }), fc.integer({ min: 1, max: 64 }), (all, n) => {
        const shares = Array.from({ length: n }, (_, index) =>
          shareOf(all, { worker: index + 1, workers: n }, 0),
        );
        expect(shares.reduce((sum, share) => sum + share)).toBe(all);
        expect(Math.max(...shares) - Math.min(...shares)).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('is never less than each needs', () => {
    expect(shareOf(1, { worker: 3, workers: 3 }, 1)).toBe(1);
  });
});

describe('RequestCounter', () => {
  it('counts for a window that begins with the first request, each limit by itself', () => {
    let now = 1000;
    const counter = new RequestCounter(() => now);
    expect(counter.count('callers', 'a', 60, false)).toEqual({ current: 0, ttl: 0 });
    expect(counter.count('callers', 'a', 60, true)).toEqual({ current: 1, ttl: 60 });
    now += 59;
    expect(counter.count('callers', 'a', 60, true)).toEqual({ current: 2, ttl: 1 });
    expect(counter.count('callers', 'a', 60, false)).toEqual({ current: 2, ttl: 1 });
    expect(counter.count('failures', 'a', 60, true)).toEqual({ current: 1, ttl: 60 });
    now += 1;
    expect(counter.count('callers', 'a', 60, true)).toEqual({ current: 1, ttl: 60 });
  });
});

describe('ServiceMetrics', () => {
  const samples = (count: number, gauge: number, lag: number): Samples =>
    [
      ['done_total', 'counter', 'sum', count],
      ['busy', 'gauge', 'sum', gauge],
      ['nodejs_eventloop_lag_p99_seconds', 'gauge', 'average', lag],
      ['process_start_time_seconds', 'gauge', 'omit', gauge],
    ].map(([name, type, aggregator, value]) => ({
      name: String(name),
      help: 'what it is',
      type: String(type),
      aggregator: String(aggregator),
      values: [{ labels: {}, value }],
    }));

  it('adds up, takes the worst of what is no sum, and keeps what those have counted that have ended', async () => {
    const metrics = new ServiceMetrics();
    metrics.note(1, samples(5, 1, 0.1));
    metrics.note(2, samples(7, 2, 0.4));
    const both = readScrape(await metrics.text());
    expect(both.value('done_total')).toBe(12);
    expect(both.value('busy')).toBe(3);
    expect(both.value('nodejs_eventloop_lag_p99_seconds')).toBe(0.4);
    expect(both.value('process_start_time_seconds')).toBe(2);

    metrics.leave(2);
    const one = readScrape(await metrics.text());
    expect([one.value('done_total'), one.value('busy')]).toEqual([12, 1]);
    metrics.note(2, samples(1, 4, 0));
    metrics.leave(2);
    metrics.leave(1);
    expect(readScrape(await metrics.text()).value('done_total')).toBe(13);
  });

  it('tells a sum that never goes down, however many end, and when', async () => {
    const metrics = new ServiceMetrics();
    let expected = 0;
    for (let round = 1; round <= 20; round += 1) {
      for (const process of [1, 2, 3]) {
        metrics.note(process, samples(round, 1, 0));
        expected += round;
      }
      const before = metrics.text();
      for (const process of [1, 2, 3]) metrics.leave(process);
      const told = await Promise.all([before, metrics.text()]);
      const sums = told.map((text) => readScrape(text).value('done_total'));
      expect(sums).toEqual([expected, expected]);
    }
  });
});
