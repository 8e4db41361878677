import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { startRegistry } from '../support/fake-registry.js';

const VERSION = '5.12.8';

let cache: string;
// npm remembers advisories by their ids, across registries.
beforeEach(async () => {
  cache = await mkdtemp(join(tmpdir(), 'modeldb-audit-'));
});
afterEach(() => rm(cache, { recursive: true }));

/** Runs the audit against a registry. */
async function audit(url: string): Promise<{ status: number; output: string }> {
  const options = [`--registry=${url}`, `--cache=${cache}`, '--fetch-retries=0'];
  const child = spawn(process.execPath, ['.ci/audit.js', ...options]);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => (output += text));
  }
  const [status] = (await once(child, 'close')) as [number];
  return { status, output };
}

const advisory = (severity: string): unknown => ({
  fastify: [
    { id: 1, url: 'https://example.com/1', title: 'A hole', severity, vulnerable_versions: '*' },
  ],
});

describe('npm run audit', () => {
  it.each([
    ['high', 1],
    ['critical', 1],
    ['moderate', 0],
  ])('ends for a %s vulnerability with %i', async (severity, expected) => {
    await using registry = await startRegistry({ status: 200, body: advisory(severity) }, VERSION);
    const { status, output } = await audit(registry.url);
    expect({ status, output }).toMatchObject({ status: expected });
    expect(output.includes(`fastify: ${severity} (https://example.com/1)`)).toBe(expected === 1);
  });

  it('ends with 0 where nothing is known', async () => {
    await using registry = await startRegistry({ status: 200, body: {} }, VERSION);
    const { status, output } = await audit(registry.url);
    expect([status, output]).toEqual([0, expect.stringContaining('audit: 0 packages')]);
  });

  it.each([404, 405, 501])(
    'says of a registry that answers %i that it was not asked',
    async (code) => {
      await using registry = await startRegistry({ status: code, body: {} }, VERSION);
      const { status, output } = await audit(registry.url);
      expect([status, output]).toEqual([0, expect.stringContaining('audit: NOT DONE')]);
    },
  );

  it('says so of a registry that is away, too', async () => {
    const { status, output } = await audit('http://127.0.0.1:1');
    expect([status, output]).toEqual([0, expect.stringMatching(/NOT DONE.*ECONNREFUSED/)]);
  });
});
