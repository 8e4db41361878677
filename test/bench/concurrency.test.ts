import { describe, expect, it } from '@jest/globals';
import { unsteady } from '../../bench/concurrency/verdict.js';

describe('50 clients', () => {
  const samples = (memory: readonly number[], connections = 10) =>
    memory.map((residentMiB, seconds) => ({ seconds, residentMiB, connections }));

  it('may warm up, and then neither memory nor connections may grow', () => {
    expect(unsteady(samples([60, 90, 120, 121, 125, 122, 124, 123, 121]), 10)).toEqual([]);
    expect(unsteady(samples([60, 90, 100, 110, 120, 130, 140, 150, 160]), 10)).toEqual([
      'memory grew from 130 to 160 MiB',
    ]);
    expect(unsteady(samples([60, 60, 60], 11), 10)).toEqual([
      '11 connections, more than the pools of 10',
    ]);
  });
});
