import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openSocket, type RawSocket } from '../support/raw-socket.js';
import { Records } from '../support/records.js';
import { startService, type TestService } from '../support/service.js';

/** Of a service that is in a hurry. */
const LIMIT_MS = 300;
const LIST = ['GET /experiments/all HTTP/1.1', 'Host: localhost'];
const BODY = ['POST /projects HTTP/1.1', 'Host: localhost', 'Content-Type: application/json'];
const ROWS = 150;

let service: TestService;
beforeAll(async () => {
  service = await startService({ requestTimeoutMs: LIMIT_MS });
  const model = await new Records(service.http).model();
  // 30 MB: more than what lies between a service and a client that does not read.
  await service.database.sql.query(
    `INSERT INTO experiments (experiment_id, project_id, model_id, model_version_id, parameters)
     SELECT 'e' || i, $1, $2, 'v', jsonb_build_object('x', repeat('x', 200000)) FROM generate_series(1, $3::int) i`,
    [model.project_id, model.model_id, ROWS],
  );
});
afterAll(() => service.stop());

const open = (...lines: string[]): Promise<RawSocket> => openSocket(service.http.url, ...lines);

/** Waits until the limit is over for what has begun by now: a client that began later has been told so. */
async function untilTooLate(): Promise<void> {
  await (
    await open()
  ).answer;
}

describe('a request that does not arrive in time is a 408', () => {
  it.each([
    ['nothing of it', []],
    ['a part of its headers', ['GET /health HTTP/1.1', 'Host: localhost']],
    ['a part of its body', [...BODY, 'Content-Length: 100', '', '{"project_name":']],
    ['a part of its chunks', [...BODY, 'Transfer-Encoding: chunked', '', '1', '{']],
  ])('%s came', async (_what, lines) => {
    const text = await (await open(...lines)).answer;
    const [head = '', body = ''] = text.split('\r\n\r\n');
    expect(head).toMatch(/^HTTP\/1\.1 408 Request Timeout\r\n/);
    expect(head).toContain('content-type: application/problem+json');
    expect(head).toContain('connection: close');
    const problem = JSON.parse(body) as Record<string, unknown>;
    expect(problem).toMatchObject({ status: 408, code: 'REQUEST_TIMEOUT' });
    expect(head).toContain(`x-request-id: ${String(problem['request_id'])}`);
  });

  it('a byte now and then does not prolong it', async () => {
    const { socket, answer } = await open('GET /health HTTP/1.1', 'Host: localhost');
    const drip = setInterval(() => socket.write('x'), LIMIT_MS / 10);
    const text = await answer.finally(() => clearInterval(drip));
    expect(text).toMatch(/^HTTP\/1\.1 408 /);
  });
});

describe('a client that takes its time', () => {
  it('to read gets all of a long list', async () => {
    const { socket, answer } = await open(...LIST, 'Connection: close', '');
    await once(socket, 'data');
    socket.pause();
    await untilTooLate();
    const read = socket.bytesRead;
    socket.resume();
    const text = await answer;
    expect(text.match(/"experiment_id":"e\d+"/g)).toHaveLength(ROWS);
    expect(text.endsWith('\r\n0\r\n\r\n')).toBe(true);
    expect(read).toBeLessThan(text.length / 2);
  });

  it('between two requests keeps its connection', async () => {
    const { socket, answer } = await open('GET /health HTTP/1.1', 'Host: localhost', '');
    const [first] = (await once(socket, 'data')) as [string];
    expect(first.toLowerCase()).toContain('keep-alive: timeout=72');
    await untilTooLate();
    socket.write('GET /health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n');
    expect((await answer).match(/HTTP\/1\.1 200 OK/g)).toHaveLength(2);
  });
});

it('a second request that is too slow puts no answer into the middle of the first', async () => {
  const { socket, answer } = await open(...LIST, '', 'GET /health HTTP/1.1');
  await once(socket, 'data');
  socket.pause();
  await untilTooLate();
  socket.resume();
  const text = await answer;
  expect(text).toMatch(/^HTTP\/1\.1 200 OK/);
  expect(text).not.toContain('408');
  expect(text.endsWith('\r\n0\r\n\r\n')).toBe(false);
});
