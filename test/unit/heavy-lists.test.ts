import { describe, expect, it } from '@jest/globals';
import { HeavyLists } from '../../libs/paging/src/heavy-lists.js';

describe('HeavyLists', () => {
  it('holds a list to be heavy for a hundred pages after one that was', () => {
    const lists = new HeavyLists();
    expect(lists.has('experiments')).toBe(false);
    lists.note('experiments', 0.3);
    for (let page = 0; page < 100; page += 1) {
      expect(lists.has('experiments')).toBe(true);
      lists.note('experiments', 0.2);
    }
    expect(lists.has('experiments')).toBe(false);
  });

  it('begins anew with each heavy page, and knows each list for itself', () => {
    const lists = new HeavyLists();
    lists.note('experiments', 1);
    for (let page = 0; page < 99; page += 1) lists.note('experiments', 0);
    lists.note('experiments', 0.25);
    lists.note('projects', 0.24);
    expect([lists.has('experiments'), lists.has('projects')]).toEqual([true, false]);
  });
});
