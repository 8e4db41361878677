import { describe, expect, it } from '@jest/globals';
import { Lateness } from '../../libs/telemetry/src/lateness.js';
import { NowAndThen } from '../../libs/telemetry/src/now-and-then.js';

describe('lateness', () => {
  function after(...windows: number[]): number {
    const lateness = new Lateness();
    for (const mean of windows) lateness.note(mean);
    return lateness.ms;
  }

  it('is what two windows have in common, so that one stall is none', () => {
    expect(after()).toBe(0);
    expect(after(3000)).toBe(0);
    expect(after(1, 3000, 2)).toBe(2);
    expect(after(1, 1500, 1200)).toBe(1200);
    expect(after(1500, 1200, 3)).toBe(3);
  });

  it('goes on as it was where nothing could be measured', () => {
    expect(after(1500, NaN)).toBe(1500);
    expect(after(1500, 1200, NaN, 2)).toBe(2);
  });
});

describe('now and then', () => {
  it('tells at once, and then how often since, no more often than it may', () => {
    let time = 0;
    const told: number[] = [];
    const often = new NowAndThen(
      (count) => told.push(count),
      1000,
      () => time,
    );
    for (time of [0, 1, 999, 1000, 1500, 5000]) often.note();
    expect(told).toEqual([1, 3, 2]);
  });
});
