import { execFileSync } from 'node:child_process';
import { chownSync, mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, jest } from '@jest/globals';
import { StartupError } from '#errors';
import { clusterOf, postmasterPid, sharedFolder, temporaryFolder } from './support/data-folder.js';
import { ServiceProcess } from './support/service-process.js';
import { query, start, startFailure } from './support/start.js';
import { nobody, whenRoot } from './support/users.js';

jest.setTimeout(30_000);

const folder = sharedFolder();
/** Below a folder that only root may enter, as root's home. */
const data = join(folder, 'root', 'project', '.modeldb');

const ownerOf = (path: string) => statSync(path).uid;

describe('Started by root', () => {
  whenRoot(
    'PostgreSQL runs as another user, on data below a folder that only root may enter',
    async () => {
      mkdirSync(join(folder, 'root'), { mode: 0o700 });
      const { url, stop } = await start(data);
      await query(url, 'CREATE TABLE kept AS SELECT 42 AS answer');
      const user = ownerOf(clusterOf(data));
      expect(user).not.toBe(0);
      expect(ownerOf(`/proc/${postmasterPid(data)}`)).toBe(user);
      expect([ownerOf(data), ownerOf(join(data, 'password'))]).toEqual([0, 0]);
      await stop();

      const again = await start(data);
      expect(await query(again.url, 'TABLE kept')).toEqual([{ answer: 42 }]);
    },
  );

  whenRoot(
    'PostgreSQL runs as whoever owns the data, who can use it without root then',
    async () => {
      const dataDir = temporaryFolder();
      chownSync(dataDir, nobody.uid, nobody.gid);
      const service = new ServiceProcess(dataDir, nobody);
      const { url = '' } = await service.started();
      await query(url, 'CREATE TABLE kept AS SELECT 42 AS answer');
      await service.stop();

      const byRoot = await start(dataDir);
      expect(await query(byRoot.url, 'TABLE kept')).toEqual([{ answer: 42 }]);
      expect(ownerOf(`/proc/${postmasterPid(dataDir)}`)).toBe(nobody.uid);
      expect(ownerOf(join(dataDir, 'postgres.log'))).toBe(nobody.uid);
    },
  );

  whenRoot('it says how to give PostgreSQL data that belongs to root', async () => {
    await (await start(data)).stop();
    execFileSync('chown', ['-R', 'root', clusterOf(data)]);
    const error = await startFailure(data);
    expect(error).toBeInstanceOf(StartupError);
    expect(error.message).toMatch(
      /belongs to root and PostgreSQL refuses .*: run "chown -R \d+:\d+ '.*'" once\.$/,
    );
  });
});
