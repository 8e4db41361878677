import { existsSync, readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';

/** A test file in backquotes, and the titles of its tests in quotes after it. */
const NAMED = /`(test\/[^`]+)`([^`|]*)/g;

const text = readFileSync('docs/security.md', 'utf8');

/** Whether a file has a test, or a group of tests, of that title. */
function hasTest(path: string, title: string): boolean {
  const escaped = title.replaceAll(/[$()*+.?[\\\]^{|}]/g, '\\$&');
  const call = new RegExp(`(?:\\b(?:it|describe)|\\))\\(\\s*(['"\`])${escaped}\\1`);
  return existsSync(path) && call.test(readFileSync(path, 'utf8'));
}

it('docs/security.md names tests that exist', () => {
  const tests = [...text.matchAll(NAMED)].flatMap(([, path = '', titles = '']) => {
    const quoted = [...titles.matchAll(/"([^"]+)"/g)].map(([, title = '']) => title);
    // A file alone would say that it proves something, not what.
    return (quoted.length > 0 ? quoted : ['no title']).map((title) => ({ path, title }));
  });
  expect(tests.length).toBeGreaterThan(50);
  expect(tests.filter(({ path, title }) => !hasTest(path, title))).toEqual([]);
});

it('docs/security.md has a test for every threat but the one that is nothing to test', () => {
  const rows = text.split('\n').filter((line) => /^\| (?!threat|-)/.test(line));
  const untested = rows.filter((row) => !row.includes('`test/'));
  expect(untested).toEqual([expect.stringContaining('npm run sbom')]);
});
