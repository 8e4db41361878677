import type { IncomingMessage } from 'node:http';

/** How long a client may take to send what nobody will look at. */
const PATIENCE_MS = 5000;

/** Whether the client is still sending the body of a request. */
export function isSendingBody(request: IncomingMessage): boolean {
  const { 'content-length': length, 'transfer-encoding': encoding } = request.headers;
  return !request.complete && (encoding !== undefined || Number(length) > 0);
}

/**
 * Reads the rest of a body and throws it away, up to a number of bytes and for a while. A connection that is closed while
 * its client is still sending is reset, and the client then never sees the answer that tells why.
 */
export function swallowBody(request: IncomingMessage, maxBytes: number): Promise<void> {
  return new Promise((resolve) => {
    let left = maxBytes;
    const count = (chunk: Buffer): void => {
      left -= chunk.length;
      if (left < 0) enough();
    };
    const enough = (): void => {
      clearTimeout(timer);
      request.off('data', count);
      resolve();
    };
    const timer = setTimeout(enough, PATIENCE_MS);
    request.once('end', enough).once('error', enough).once('close', enough).on('data', count);
    request.resume();
  });
}
