import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, jest } from '@jest/globals';
import { failOver } from './fail-over.js';

jest.setTimeout(60_000);

/** `npm run test:failover` does the same with more of everything, and looks at the time it takes. */
it('a primary that is killed under writes: the promoted standby is followed, nothing acknowledged is lost, nothing is doubled', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'modeldb-failover-'));
  try {
    const { acknowledged, ...rest } = await failOver({ folder, writers: 8, writes: 100 });
    expect(rest).toMatchObject({
      found: acknowledged,
      doubled: 0,
      untold: 0,
      unanswered: 0,
      wrong: [],
    });
    expect(acknowledged).toBeGreaterThanOrEqual(200);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
