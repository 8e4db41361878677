import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { modeldb } from '../support/command-line.js';
import { createDatabase, type TestDatabase } from '../support/database.js';
import { LoadWatch, type LoadedPackages } from '../support/loaded-packages.js';
import { ServiceProcess } from '../support/service-process.js';

// Each test starts a process.
jest.setTimeout(60_000);

let database: TestDatabase;
beforeAll(async () => {
  database = await createDatabase();
});
afterAll(() => database.drop());

/** What a command loads. */
async function loadedBy(...args: string[]): Promise<LoadedPackages> {
  await using watch = await LoadWatch.begin();
  const environment = { DATABASE_URL: database.url, ...watch.environment };
  expect(await modeldb(args, environment)).toMatchObject({ exit: 0, stderr: '' });
  return await watch.packages();
}

describe('what a start loads of packages', () => {
  it('is all in the bundle of the build, for the service with its document and its pages', async () => {
    await using watch = await LoadWatch.begin();
    const service = new ServiceProcess({ DATABASE_URL: database.url, ...watch.environment });
    const http = await service.ready();
    for (const path of ['/openapi.json', '/docs', '/docs/swagger-ui.css', '/projects/all']) {
      expect((await http.get(path)).status).toBe(200);
    }
    expect(await service.end('SIGTERM')).toBe(0);
    const { installed, bundled } = await watch.packages();
    expect(installed).toEqual(['reflect-metadata']);
    expect(bundled).toEqual(expect.arrayContaining(['@nestjs/core', 'fastify', 'pg', 'typeorm']));
  });

  it('is nothing of the service for help', async () => {
    expect(await loadedBy('--help')).toEqual({
      installed: ['reflect-metadata'],
      bundled: ['commander'],
    });
  });

  it('is neither the service nor the filter language for the state of the schema', async () => {
    const { installed, bundled } = await loadedBy('migrate', 'status');
    expect(installed).toEqual(['reflect-metadata']);
    expect(bundled).toEqual(expect.arrayContaining(['pg', 'typeorm']));
    for (const name of ['fastify', '@nestjs/swagger', 'chevrotain', 'class-validator', 'jose']) {
      expect(bundled).not.toContain(name);
    }
  });
});
