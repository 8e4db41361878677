import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Records } from '../support/records.js';
import { startService, type TestService } from '../support/service.js';
import { TcpProxy } from '../support/tcp-proxy.js';
import { Writers } from '../support/writers.js';

let proxy: TcpProxy;
let service: TestService;
let writers: Writers;
beforeEach(async () => {
  service = await startService({
    poolSize: 4,
    poolWaitMs: 1000,
    statementTimeoutMs: 1000,
    databaseUrl: async (direct) => {
      proxy = await TcpProxy.to(direct);
      return proxy.url;
    },
  });
  const model = await new Records(service.http).model();
  writers = new Writers(() => service.http, model.model_id, 8);
});
afterEach(async () => {
  await service.stop();
  await proxy[Symbol.asyncDispose]();
});

async function expectAllThere(): Promise<void> {
  await writers.untilMore(50);
  const { acknowledged, found, doubled, wrong } = await writers.finish();
  expect({ found, doubled, wrong }).toEqual({ found: acknowledged, doubled: 0, wrong: [] });
}

describe('the connection to the database', () => {
  it.each(['RST', 'FIN'] as const)('cut by %s and mended, again and again', async (how) => {
    for (let round = 0; round < 3; round += 1) {
      await writers.untilMore(50);
      proxy.cut(how);
      await writers.untilRefused(5);
      proxy.mend();
    }
    await expectAllThere();
  });

  it('silent: nobody hangs, each is told 503, and it goes on with new connections', async () => {
    await writers.untilMore(50);
    proxy.hold();
    await writers.untilRefused(8);
    const read = await service.http.get('/projects/all');
    expect([read.status, Number(read.headers.get('retry-after')) > 0]).toEqual([503, true]);
    proxy.mend();
    await expectAllThere();
  });

  it('slow: what was kept back arrives, and nothing is done twice', async () => {
    for (let round = 0; round < 5; round += 1) {
      await writers.untilMore(20);
      proxy.hold();
      await proxy.untilHolding(2);
      proxy.release();
    }
    await expectAllThere();
    expect(writers.refused).toBe(0);
  });

  it('reset in the middle of an answer', async () => {
    for (let bytes = 1; bytes < 400; bytes += 40) {
      await writers.untilMore(10);
      proxy.tearNextAnswer(bytes);
    }
    await expectAllThere();
    expect(writers.refused).toBeGreaterThan(0);
  });
});
