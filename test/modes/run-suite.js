import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const NODE_OPTIONS = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'];
const JEST = 'node_modules/jest/bin/jest.js';

/**
 * Runs the tests over HTTP with services that are set up otherwise.
 *
 * @param environment - says how: see test/support/mode.ts
 * @param leftOut - `[title, reason]` of the tests that this says nothing about; a title stands for all that begin with it
 * @param options - for Jest, before those of the command line
 * @returns the exit code
 */
export async function runSuite(environment, leftOut, options = []) {
  const titles = leftOut.map(([title]) => title.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'));
  const pattern = `^(?!${titles.map((title) => `(?:${title})`).join('|')})`;
  const named = process.argv.slice(2);
  const files = named.some((one) => !one.startsWith('-')) ? [] : ['test/contract', 'test/e2e'];
  const all = [...options, ...files, ...named];
  if (titles.length > 0) all.push('--testNamePattern', pattern);
  const child = spawn(process.execPath, [...NODE_OPTIONS, JEST, ...all], {
    cwd: ROOT,
    env: { ...process.env, ...environment },
    stdio: 'inherit',
  });
  const [code, signal] = await once(child, 'exit');
  console.log('Left out:');
  for (const [title, reason] of leftOut) console.log(`- ${title}: ${reason}`);
  return code ?? signal;
}
