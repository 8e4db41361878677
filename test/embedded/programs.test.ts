import { chmodSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { sharedFolder } from './support/data-folder.js';
import { Installation } from './support/installation.js';
import { ServiceProcess, type Outcome } from './support/service-process.js';
import { answers } from './support/start.js';
import { whenRoot } from './support/users.js';

jest.setTimeout(30_000);

const folder = sharedFolder();
const data = join(folder, 'data');
// One for all tests: each damages it more.
let installation: Installation;
beforeAll(() => {
  installation = new Installation(folder);
});
afterAll(() => {
  installation.removeCopy();
});

async function startService(): Promise<Outcome> {
  return new ServiceProcess(data, {}, installation.root).started();
}

const missing = {
  name: 'StartupError',
  message: `No embedded PostgreSQL for ${process.platform}-${process.arch}: set DATABASE_URL to a PostgreSQL 14 or newer.`,
};

describe('PostgreSQL’s programs', () => {
  it('are put right when npm did not run their install script', async () => {
    const lib = join(installation.native, 'lib');
    for (const entry of readdirSync(lib, { withFileTypes: true })) {
      if (entry.isSymbolicLink()) rmSync(join(lib, entry.name));
    }
    for (const name of ['initdb', 'postgres'])
      chmodSync(join(installation.native, 'bin', name), 0o644);
    const { url = '', error } = await startService();
    expect(error).toBeUndefined();
    expect(await answers(url)).toBe(true);
  });

  whenRoot('are copied to where PostgreSQL’s user can reach them, once', async () => {
    chmodSync(installation.root, 0o700);
    const { url = '', error } = await startService();
    expect(error).toBeUndefined();
    expect(await answers(url)).toBe(true);
  });

  whenRoot('are used in that copy from then on', async () => {
    const { ino } = statSync(installation.copy);
    expect((await startService()).error).toBeUndefined();
    expect(statSync(installation.copy).ino).toBe(ino);
  });

  it('are missed when this machine cannot execute them', async () => {
    // As on musl: the loader that the program names is not there.
    writeFileSync(join(installation.native, 'bin', 'postgres'), '#!/lib/no-such-loader\n');
    installation.removeCopy();
    expect((await startService()).error).toEqual(missing);
  });

  it('are missed when they are not installed', async () => {
    rmSync(installation.platformPackage, { recursive: true });
    expect((await startService()).error).toEqual(missing);
  });
});
