import type { ServerResponse } from 'node:http';

/**
 * Reads nothing more from the connection of an answer for a while, once it is sent. Requests that come sooner wait in the
 * network, where they cost nothing: clients that ask again at once would otherwise keep the process busy with refusals.
 */
export function restAfter(response: ServerResponse, ms: number): void {
  const { socket } = response;
  if (!socket) return;
  response.once('finish', () => {
    // Throwing away what is left of the request would let it be read again.
    setImmediate(() => {
      socket.pause();
      setTimeout(() => socket.resume(), ms).unref();
    });
  });
}
