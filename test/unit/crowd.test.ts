import { describe, expect, it } from '@jest/globals';
import { Crowd } from '../../apps/api/src/crowd.js';

describe('a crowd', () => {
  let time = 0;
  const crowd = (limit: number): Crowd => {
    time = 0;
    return new Crowd(limit, 1000, () => time);
  };
  const at = (milliseconds: number, waiting: number, of: Crowd): boolean => {
    time = milliseconds;
    return of.isTooLarge(waiting);
  };

  it('is a burst for a second', () => {
    const one = crowd(10);
    expect([at(0, 9, one), at(1, 500, one), at(1000, 500, one), at(1001, 10, one)]).toEqual([
      false,
      false,
      false,
      true,
    ]);
  });

  it('that was gone in between is another burst', () => {
    const one = crowd(10);
    expect([at(0, 500, one), at(900, 9, one), at(1100, 500, one)]).toEqual([false, false, false]);
  });

  it('of which some were refused may be no burst until nobody was refused for two seconds', () => {
    const one = crowd(10);
    at(0, 500, one);
    expect([at(1000, 500, one), at(1100, 9, one), at(2900, 10, one)]).toEqual([true, false, true]);
    expect([at(3000, 9, one), at(4899, 10, one)]).toEqual([false, true]);
    expect([at(5000, 9, one), at(6899, 10, one)]).toEqual([false, false]);
  });

  it('is never too large where there is no limit', () => {
    const one = crowd(Infinity);
    expect([at(0, 1e6, one), at(5000, 1e6, one)]).toEqual([false, false]);
  });
});
