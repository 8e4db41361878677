import { once } from 'node:events';
import { connect } from 'node:net';
import { expect, it } from '@jest/globals';
import { startService } from '../support/service.js';

it('a connection on which nothing was asked does not keep the service from stopping', async () => {
  const service = await startService();
  const { port, hostname } = new URL(service.http.url);
  const socket = connect(Number(port), hostname);
  const accepted = once(service.app.getHttpServer(), 'connection');
  await Promise.all([once(socket, 'connect'), accepted]);
  const closed = once(socket.resume(), 'end');
  await service.stop();
  await closed;
  expect(socket.bytesRead).toBe(0);
});
