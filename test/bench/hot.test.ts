import { describe, expect, it } from '@jest/globals';
import { countRows } from '../../bench/footprint/count-rows.js';
import { judgeStartup, judgeStreaming } from '../../bench/footprint/verdict.js';
import { brokenBatchBudgets, skippedBatches } from '../../bench/batches/report.js';
import { makeBodies } from '../../bench/hot/bodies.js';
import { HOT_CASES } from '../../bench/hot/cases.js';
import { readOptions } from '../../bench/hot/options.js';
import { brokenHotBudgets, formatHotResults, WITH_FLOOR } from '../../bench/hot/report.js';
import { summary } from '../../bench/hot/run-case.js';
import { percentile } from '../../bench/load/percentile.js';
import { Cleanup } from '../../bench/support/cleanup.js';

describe('the command line of npm run bench', () => {
  it('measures in a place of its own, which is filled anew, unless another one is given', () => {
    expect(readOptions([])).toMatchObject({
      place: { dataDir: '.modeldb-bench/hot' },
      anew: true,
      effort: { rounds: 5, seconds: 2 },
    });
    expect(readOptions(['--place', 'postgresql://localhost/x'])).toMatchObject({
      place: { databaseUrl: 'postgresql://localhost/x' },
      anew: false,
    });
    expect(readOptions(['--place', 'some/folder'])).toMatchObject({
      place: { dataDir: 'some/folder' },
      anew: false,
    });
  });

  it('refuses fewer rounds than say something, and data that is not there', () => {
    expect(() => readOptions(['--rounds', '4'])).toThrow('--rounds must be a whole number from 5');
    expect(() => readOptions(['--streaming', 'no/such/folder'])).toThrow('there is no');
  });
});

describe('what is sent', () => {
  it('is experiments of about 1 KB with 5 to 10 parameters and 5 evaluations', () => {
    const bodies = makeBodies(300);
    expect(bodies).toHaveLength(300);
    for (const body of bodies) {
      const parameters = Object.keys(body['parameters']!).length;
      expect(parameters).toBeGreaterThanOrEqual(5);
      expect(parameters).toBeLessThanOrEqual(10);
      expect(Object.keys(body['evaluations']!)).toHaveLength(5);
    }
    const bytes = bodies.reduce((sum, body) => sum + JSON.stringify(body).length, 0);
    expect(bytes / bodies.length).toBeGreaterThan(850);
    expect(bytes / bodies.length).toBeLessThan(1150);
  });

  it('changes an experiment each time it comes round again', () => {
    const stock = {
      project: 'p',
      listedModel: '',
      growingModel: '',
      projectNames: [],
      experiments: ['a', 'b'],
    };
    const merges = HOT_CASES.filter(({ name }) => name.startsWith('merge'));
    expect(merges).toHaveLength(2);
    for (const { calls } of merges) {
      const bodies = calls(stock).map(({ body }) => body);
      expect(new Set(bodies).size).toBe(6);
      expect(calls(stock).map(({ path }) => path.at(-1))).toEqual(['a', 'b', 'a', 'b', 'a', 'b']);
    }
  });
});

describe('the figures', () => {
  it('are medians of the rounds, the ratio of each round its own', () => {
    const outcome = (requestsPerSecond: number) => ({ requestsPerSecond, p50: 1, p99: 2 });
    const rounds = [
      { modelDb: outcome(90), floor: outcome(100) },
      { modelDb: outcome(45), floor: outcome(50) },
      { modelDb: outcome(100), floor: outcome(200) },
    ];
    expect(summary(rounds)).toEqual({ modelDb: outcome(90), floor: outcome(100), ratio: 0.9 });
  });

  it('name the time that 99 of 100 requests take at most', () => {
    const times = Array.from({ length: 200 }, (_, index) => index + 1);
    expect([percentile(times, 0.5), percentile(times, 0.99)]).toEqual([100, 198]);
    expect(percentile([7], 0.99)).toBe(7);
    expect(percentile([], 0.5)).toBeNaN();
  });

  it('break the budget below 0.85 of the floor, and by failures', () => {
    const results = [
      { name: 'good', connections: 1, ratio: 0.85 },
      { name: 'slow', connections: 16, ratio: 0.84 },
      { name: 'gone', failure: '3 answers had status 503' },
      { name: 'none', connections: 1, ratio: NaN },
    ];
    expect(brokenHotBudgets(results, WITH_FLOOR)).toEqual([
      `slow, 16 connections: 0.84 of the requests a second of floor, the budget is 0.85`,
      'gone: 3 answers had status 503',
      `none, 1 connections: NaN of the requests a second of floor, the budget is 0.85`,
    ]);
    expect(formatHotResults(results, WITH_FLOOR)).toMatch(/\| gone \|\s+failed \|/);
  });

  it('break the budget below half of COPY; what is not there yet does not', () => {
    const results = [
      { name: 'good', ratio: 0.5 },
      { name: 'slow', ratio: 0.49 },
      { name: 'gone', failure: 'status 500' },
      { name: 'later', skipped: 'there is no POST /later yet' },
    ];
    expect(brokenBatchBudgets(results)).toEqual([
      `slow: 0.49 of COPY's rows a second, the budget is 0.5`,
      'gone: status 500',
    ]);
    expect(skippedBatches(results)).toEqual(['later: there is no POST /later yet']);
  });

  it('of streaming are broken by memory, and by experiments that are missing', () => {
    const streamed = { rows: 10, expected: 10, bytes: 2 ** 20, seconds: 1, peakMiB: 200 };
    expect(judgeStreaming(streamed).broken).toBeUndefined();
    expect(judgeStreaming({ ...streamed, peakMiB: 201 }).broken).toContain('201 MiB');
    expect(judgeStreaming({ ...streamed, peakMiB: NaN }).broken).toContain('NaN MiB');
    expect(judgeStreaming({ ...streamed, rows: 9 }).broken).toContain('9 experiments of 10');
  });

  it('of a start are broken by more than two seconds', () => {
    expect(judgeStartup([1900, 2000, 2500], 2000).broken).toBeUndefined();
    expect(judgeStartup([2001], 2001).broken).toContain('2001 ms');
  });
});

describe('counting what is streamed', () => {
  it('finds each experiment once, wherever the chunks are cut', async () => {
    const answer = Buffer.from('[{"experiment_id":"a"},{"experiment_id":"b"}]');
    for (let size = 1; size <= answer.length; size += 1) {
      expect(await countRows(inChunks(answer, size))).toEqual({ rows: 2, bytes: answer.length });
    }
  });

  // eslint-disable-next-line @typescript-eslint/require-await -- what is streamed comes asynchronously
  async function* inChunks(answer: Buffer, size: number) {
    for (let at = 0; at < answer.length; at += size) yield answer.subarray(at, at + size);
  }
});

describe('cleaning up', () => {
  it('undoes what a part has started when the part is over, also when it fails', async () => {
    const undone: string[] = [];
    const cleanup = new Cleanup();
    cleanup.add(() => undone.push('whole'));
    const failing = cleanup.during((inner) => {
      inner.add(() => undone.push('first'));
      inner.add(() => undone.push('second'));
      return Promise.reject(new Error('broken off'));
    });
    await expect(failing).rejects.toThrow('broken off');
    expect(undone).toEqual(['second', 'first']);
    await cleanup.run();
    expect(undone).toEqual(['second', 'first', 'whole']);
  });
});
