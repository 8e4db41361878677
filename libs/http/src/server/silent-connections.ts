import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';

/**
 * Lets a server that stops close the connections on which nothing was ever asked. Node takes them for requests that are
 * about to come, and would wait for each of them: clients and load balancers open some in advance.
 */
export function closeSilentConnections(fastify: FastifyInstance): void {
  const sockets = new Set<Socket>();
  fastify.server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  fastify.addHook('preClose', (done) => {
    for (const socket of sockets) if (socket.bytesRead === 0) socket.destroySoon();
    done();
  });
}
