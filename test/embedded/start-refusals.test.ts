import { chownSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, jest } from '@jest/globals';
import { StartupError } from '#errors';
import { clusterOf, processesIn, sharedFolder, temporaryFolder } from './support/data-folder.js';
import { ServiceProcess } from './support/service-process.js';
import { start, startFailure } from './support/start.js';
import { nobody, whenRoot } from './support/users.js';

jest.setTimeout(30_000);

const data = sharedFolder();

async function refusal(dataDir: string, settings?: Record<string, string>): Promise<string> {
  const error = await startFailure(dataDir, settings);
  expect(error).toBeInstanceOf(StartupError);
  expect(error.message).not.toContain('\n');
  return error.message;
}

describe('A start is refused in one line that says what to do', () => {
  it('when the data is of another PostgreSQL, and leaves it alone', async () => {
    const dataDir = temporaryFolder();
    mkdirSync(clusterOf(dataDir));
    writeFileSync(join(clusterOf(dataDir), 'PG_VERSION'), '17\n');
    chownSync(join(clusterOf(dataDir), 'PG_VERSION'), nobody.uid, nobody.gid);
    expect(await refusal(dataDir)).toMatch(
      /is of PostgreSQL 17, but Model DB brings PostgreSQL 18: .*DATABASE_URL.* dump .* move /,
    );
    expect(readFileSync(join(clusterOf(dataDir), 'PG_VERSION'), 'utf8')).toBe('17\n');
  });

  it('when the cluster’s folder holds something else', async () => {
    const dataDir = temporaryFolder();
    mkdirSync(clusterOf(dataDir));
    writeFileSync(join(clusterOf(dataDir), 'notes.txt'), 'mine');
    expect(await refusal(dataDir)).toMatch(/holds files but no PostgreSQL cluster: move it away/);
  });

  it('when the data folder is a file or below one', async () => {
    const file = join(temporaryFolder(), 'file');
    writeFileSync(file, '');
    expect(await refusal(file)).toBe(
      `The data folder ${file} is a file, or lies below one: move that away, or choose another data folder.`,
    );
    expect(await refusal(join(file, 'data'))).toContain('is a file, or lies below one');
  });

  whenRoot('when the data folder belongs to another user', async () => {
    const service = new ServiceProcess(temporaryFolder(), nobody);
    const { error } = await service.started();
    expect(error?.name).toBe('StartupError');
    expect(error?.message).toMatch(/^No permission to use .*: start Model DB as the user who owns/);
  });

  it('when the password is lost, or not the right one, and leaves no PostgreSQL behind', async () => {
    await (await start(data)).stop();
    const file = join(data, 'password');
    const password = readFileSync(file);
    writeFileSync(file, 'guessed');
    expect(await refusal(data)).toMatch(/refuses the password in .*: put the one back/);
    rmSync(file);
    expect(await refusal(data)).toMatch(/password is missing or empty.*: put it back/);
    expect(processesIn(clusterOf(data))).toEqual([]);
    writeFileSync(file, password);
  });

  it('when PostgreSQL refuses a setting', async () => {
    expect(await refusal(data, { shared_buffers: 'plenty' })).toMatch(
      /^PostgreSQL could not start on .*: invalid value for parameter "shared_buffers".* \(see .*postgres\.log\)\.$/,
    );
  });

  it('when npm brings no PostgreSQL for this machine', async () => {
    const { arch } = process;
    Object.defineProperty(process, 'arch', { value: 'sparc' });
    try {
      expect(await refusal(temporaryFolder())).toBe(
        `No embedded PostgreSQL for ${process.platform}-sparc: set DATABASE_URL to a PostgreSQL 14 or newer.`,
      );
    } finally {
      Object.defineProperty(process, 'arch', { value: arch });
    }
  });
});
