import { describe, expect, it } from '@jest/globals';
import { newId } from '#database';
import { validate, version } from 'uuid';

const MANY = 20_000;

describe('the id of a record', () => {
  const before = Date.now();
  const ids = Array.from({ length: MANY }, () => newId());
  const after = Date.now();

  it('is a UUID of version 7', () => {
    expect(ids.every((id) => validate(id) && version(id) === 7)).toBe(true);
  });

  it('begins with the time', () => {
    const times = ids.map((id) => parseInt(id.replace('-', '').slice(0, 12), 16));
    expect(Math.min(...times)).toBeGreaterThanOrEqual(before);
    expect(Math.max(...times)).toBeLessThanOrEqual(after);
  });

  it('is greater than those given before, within a millisecond too', () => {
    expect([...ids].sort()).toEqual(ids);
    expect(new Set(ids).size).toBe(MANY);
  });

  it('ends with random digits, which are not used twice', () => {
    expect(new Set(ids.map((id) => id.slice(-10))).size).toBe(MANY);
  });
});
