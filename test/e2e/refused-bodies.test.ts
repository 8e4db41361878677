import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startService, type TestService } from '../support/service.js';

const LIMIT = 8_388_608;
let service: TestService;
beforeAll(async () => {
  service = await startService({ maxBodyBytes: LIMIT });
});
afterAll(() => service.stop());

/** A client that first sends all it has, and only then looks for an answer. */
async function send(head: string[], body: Uint8Array): Promise<string> {
  const { port, hostname } = new URL(service.http.url);
  const socket = connect(Number(port), hostname);
  const closed = new Promise((resolve, reject) => {
    socket.once('end', resolve).once('error', reject);
  });
  socket.write([...head, 'Host: localhost', 'Connection: close', '', ''].join('\r\n'));
  socket.write(body, () => {
    socket.on('data', (chunk: Buffer) => (answer += chunk.toString()));
  });
  let answer = '';
  await closed;
  socket.destroy();
  return answer;
}

const LENGTH = 3 * LIMIT;
const body = new Uint8Array(LENGTH).fill(32);
const whole = `Content-Length: ${String(LENGTH)}`;
const json = 'Content-Type: application/json';

describe('a body that is refused before it was read', () => {
  it.each([
    [413, 'BODY_TOO_LARGE', ['POST /projects HTTP/1.1', json, whole]],
    [415, 'UNSUPPORTED_MEDIA_TYPE', ['POST /projects HTTP/1.1', 'Content-Type: text/csv', whole]],
    [405, 'METHOD_NOT_ALLOWED', ['PUT /projects HTTP/1.1', json, whole]],
  ])('%i %s: a client that is still sending learns why', async (status, code, head) => {
    const answer = await send(head, body);
    expect(answer).toContain(`HTTP/1.1 ${String(status)} `);
    expect(answer).toContain(`"code":"${code}"`);
  });

  it('without a length: a client that is still sending learns why, too', async () => {
    const head = ['POST /projects HTTP/1.1', json, 'Transfer-Encoding: chunked'];
    const chunk = `${LENGTH.toString(16)}\r\n`;
    const chunked = Buffer.concat([Buffer.from(chunk), body, Buffer.from('\r\n0\r\n\r\n')]);
    expect(await send(head, chunked)).toContain('"code":"BODY_TOO_LARGE"');
  });

  it('is not read to an end that may never come', async () => {
    const { port, hostname } = new URL(service.http.url);
    const socket = connect(Number(port), hostname);
    socket.write(
      `POST /projects HTTP/1.1\r\nHost: localhost\r\n${json}\r\nContent-Length: 1000000000\r\n\r\n`,
    );
    const chunk = Buffer.alloc(1_048_576, 32);
    const pump = (): void => {
      while (!socket.destroyed && socket.write(chunk));
    };
    socket.on('drain', pump);
    pump();
    await new Promise((resolve) => {
      socket.once('error', () => undefined).once('close', resolve);
      socket.resume();
    });
    expect(socket.bytesWritten).toBeLessThan(20 * LIMIT);
  });
});
