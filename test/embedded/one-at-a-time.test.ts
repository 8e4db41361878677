import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, jest } from '@jest/globals';
import { StartupError } from '#errors';
import { clusterOf, sharedFolder, temporaryFolder } from './support/data-folder.js';
import { ServiceProcess } from './support/service-process.js';
import { answers, query, start, startFailure } from './support/start.js';

jest.setTimeout(30_000);

const data = sharedFolder();
const postmasterFile = join(clusterOf(data), 'postmaster.pid');

describe('One Model DB at a time uses a data folder', () => {
  it('so a second one is told who does, and the first one notices nothing', async () => {
    const first = await start(data);
    const error = await startFailure(data);
    expect(error).toBeInstanceOf(StartupError);
    expect(error.message).toBe(
      `${data} is in use by another Model DB (process ${process.pid}): stop that one, or choose another data folder.`,
    );
    expect(await query(first.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    expect(first.logs.join()).not.toContain('lost');

    await first.stop();
    await start(data);
  });

  it('so of two that start at once after a crash, one wins and the other says so', async () => {
    const { stop } = await start(data);
    const left = readFileSync(postmasterFile);
    await stop();
    writeFileSync(postmasterFile, left);

    const outcomes = await Promise.allSettled([start(data), start(data)]);
    const [winner] = outcomes.flatMap((outcome) => ('value' in outcome ? [outcome.value] : []));
    const [loser] = outcomes.flatMap((outcome) => ('reason' in outcome ? [outcome.reason] : []));
    expect(loser).toBeInstanceOf(StartupError);
    expect(loser.message).toContain(`another Model DB (process ${process.pid})`);
    expect(await answers(winner?.url ?? '')).toBe(true);
  });

  it('so of two that start at once, on no data yet, one wins and the other says so', async () => {
    const dataDir = temporaryFolder();
    const services = [new ServiceProcess(dataDir), new ServiceProcess(dataDir)];
    const outcomes = await Promise.all(services.map((service) => service.started()));
    const winner = outcomes.findIndex(({ url }) => url !== undefined);
    expect(outcomes[1 - winner]?.error).toEqual({
      name: 'StartupError',
      message: expect.stringContaining(`another Model DB (process ${services[winner]?.pid})`),
    });
    expect(await query(outcomes[winner]?.url ?? '', 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    expect(readdirSync(dataDir).sort()).toEqual(['password', 'postgres', 'postgres.log']);
  });
});
