import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { expect, it } from '@jest/globals';
import { Connection, type Answer } from '../../bench/support/connection.js';

const answer = (status: string, body: string): Buffer =>
  Buffer.from(
    `HTTP/1.1 ${status}\r\nX-Text: é\r\nContent-Length: ${String(Buffer.byteLength(body))}\r\n\r\n${body}`,
  );

/** Asks once for each, on one connection; what is answered comes in pieces of so many bytes. */
async function ask(answers: readonly Buffer[], size: number): Promise<Answer[]> {
  const left = [...answers];
  const server = createServer((socket: Socket) => {
    socket.setNoDelay(true);
    socket.on('data', () => {
      const next = left.shift();
      if (!next) {
        socket.destroy();
        return;
      }
      for (let at = 0; at < next.length; at += size) socket.write(next.subarray(at, at + size));
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const connection = new Connection(
    `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
  );
  const heard: Answer[] = [];
  for (let asked = 0; asked <= answers.length; asked += 1) {
    heard.push(
      await new Promise<Answer>((resolve) => {
        connection.send(Buffer.from('GET / HTTP/1.1\r\n\r\n'), resolve);
      }),
    );
  }
  expect(connection.isClosed).toBe(true);
  server.close();
  await once(server, 'close');
  return heard;
}

it.each([1, 7, 100_000])('reads answers that come in pieces of %d bytes', async (size) => {
  const page = 'x'.repeat(size === 1 ? 100 : 150_000);
  const answers = [
    answer('200 OK', page),
    answer('204 No Content', ''),
    answer('422 No', '{"é":1}'),
  ];
  expect(await ask(answers, size)).toEqual([
    { status: 200, body: '' },
    { status: 204, body: '' },
    { status: 422, body: '{"é":1}' },
    'broken',
  ]);
});
