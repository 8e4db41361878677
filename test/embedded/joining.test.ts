import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, jest } from '@jest/globals';
import { joinEmbeddedPostgres, type EmbeddedPostgres } from '#database';
import { clusterOf, postmasterPid, sharedFolder } from './support/data-folder.js';
import { query, start } from './support/start.js';

jest.setTimeout(30_000);

const data = sharedFolder();
const joined = (dataDir = data): Promise<EmbeddedPostgres> =>
  joinEmbeddedPostgres({ dataDir, log: () => undefined, settings: { fsync: 'off' } });

describe('a guest of a data folder', () => {
  it('makes nothing where there is no data', async () => {
    const nowhere = join(data, 'nowhere');
    await expect(joined(nowhere)).rejects.toThrow(`There is no data in ${nowhere}: `);
    expect(existsSync(nowhere)).toBe(false);
  });

  it('shares the PostgreSQL that a Model DB uses, and leaves it as it was', async () => {
    const host = await start(data);
    const pid = postmasterPid(data);
    const guest = await joined();
    expect(guest.url).toBe(host.url);
    await guest.stop();
    expect(postmasterPid(data)).toBe(pid);
    expect(await query(host.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    expect(host.logs.join()).not.toContain('lost');
  });

  it('starts one where none runs, and stops it', async () => {
    await (await start(data)).stop();
    const guest = await joined();
    expect(await query(guest.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    await guest.stop();
    expect(existsSync(join(clusterOf(data), 'postmaster.pid'))).toBe(false);
  });
});
