import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** A connection to a service on which a test writes what it likes. */
export interface RawSocket {
  readonly socket: Socket;
  /** All that was answered, once the service has closed the connection. */
  readonly answer: Promise<string>;
}

/** Connects, and sends the lines of a request with a line break after each. */
export async function openSocket(url: string, ...lines: string[]): Promise<RawSocket> {
  const { port, hostname } = new URL(url);
  const socket = connect(Number(port), hostname);
  let text = '';
  socket.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
  // A connection that is reset has been closed as well.
  socket.on('error', () => undefined);
  const answer = once(socket, 'close').then(() => text);
  await once(socket, 'connect');
  socket.write(lines.map((line) => `${line}\r\n`).join(''));
  return { socket, answer };
}
