import { readFile } from 'node:fs/promises';
import { expect, it } from '@jest/globals';
import { banner } from '../../apps/api/src/banner.js';

it('the README shows the banner that a start prints', async () => {
  const readme = await readFile(new URL('../../README.md', import.meta.url), 'utf8');
  expect(readme).toContain(banner('http://127.0.0.1:8000', '/home/you/modeldb/.modeldb').trim());
});
