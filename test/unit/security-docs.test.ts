import { existsSync, readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';

it('docs/security.md names tests that exist', () => {
  const text = readFileSync('docs/security.md', 'utf8');
  const named = [...text.matchAll(/`(test\/[^`]+)`/g)].map(([, path = '']) => path);
  expect(named.length).toBeGreaterThan(20);
  expect(named.filter((path) => !existsSync(path))).toEqual([]);
});
