import { afterEach, describe, expect, it } from '@jest/globals';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readRetryAfter, RetryingHttp } from '../../examples/iris/retrying-http.js';

let server: Server | undefined;

afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

async function listen(listener: RequestListener): Promise<string> {
  const listening = createServer(listener);
  server = listening;
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(listening.address() as AddressInfo).port}`;
}

function client(baseUrl: string, patienceMs: number, waits: string[] = []): RetryingHttp {
  return new RetryingHttp({ baseUrl, patienceMs, onWait: (reason) => waits.push(reason) });
}

describe('RetryingHttp', () => {
  it('sits out a 503 and a broken connection, and tells once that it waits', async () => {
    const waits: string[] = [];
    let requests = 0;
    const url = await listen((request, response) => {
      requests += 1;
      if (requests === 1) response.writeHead(503).end('{"code":"DATABASE_UNAVAILABLE"}');
      else if (requests === 2) request.socket.destroy();
      else response.end('{"status":"ok"}');
    });
    const http = client(url, 10_000, waits);
    await expect(http.send('GET', '/health')).resolves.toEqual({ status: 'ok' });
    expect(waits).toEqual(['DATABASE_UNAVAILABLE: 503']);
  });

  it('waits as long as Retry-After asks, or gives up at once when that is too long', async () => {
    const url = await listen((_, response) => {
      response.writeHead(503, { 'retry-after': '60' }).end();
    });
    const started = performance.now();
    await expect(client(url, 5000).send('GET', '/health')).rejects.toThrow('is not available');
    expect(performance.now() - started).toBeLessThan(4000);
  });

  it('does not repeat a refusal, and shows its code, detail and fields', async () => {
    let requests = 0;
    const url = await listen((_, response) => {
      requests += 1;
      const errors = [{ path: 'model_id', message: 'is missing' }];
      const problem = { code: 'VALIDATION_FAILED', detail: 'The body is wrong.', errors };
      response.writeHead(422).end(JSON.stringify(problem));
    });
    await expect(client(url, 5000).send('POST', '/experiments', {})).rejects.toThrow(
      'VALIDATION_FAILED: The body is wrong. (model_id is missing)',
    );
    expect(requests).toBe(1);
  });

  it('says to start the service when nothing ever answered', async () => {
    const url = await listen((_, response) => response.end());
    await new Promise((resolve) => server?.close(resolve));
    await expect(client(url, 300).send('GET', '/health')).rejects.toThrow(
      /npm start.*ECONNREFUSED/,
    );
  });
});

describe('readRetryAfter', () => {
  it.each([
    [null, 0],
    ['2', 2000],
    ['Thu, 01 Jan 2026 00:00:03 GMT', 3000],
    ['Thu, 01 Jan 1970 00:00:00 GMT', 0],
    ['soon', 0],
  ])('reads %p as %p ms', (header, expected) => {
    expect(readRetryAfter(header, Date.parse('2026-01-01T00:00:00Z'))).toBe(expected);
  });
});
