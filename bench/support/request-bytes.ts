import type { Call } from './caller.js';

/** A request as it is written to the socket. */
export function requestBytes(
  { method, path, body = '', headers: own }: Call,
  url: string,
  headers: Readonly<Record<string, string>> = {},
): Buffer {
  const all = { host: new URL(url).host, ...headers, ...own };
  const head = [
    `${method} ${path} HTTP/1.1`,
    ...Object.entries(all).map(([name, value]) => `${name}: ${value}`),
  ];
  if (method === 'POST') {
    head.push('content-type: application/json', `content-length: ${Buffer.byteLength(body)}`);
  }
  return Buffer.from(`${head.join('\r\n')}\r\n\r\n${body}`);
}
