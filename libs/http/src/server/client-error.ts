import { randomUUID } from 'node:crypto';
import { STATUS_CODES, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { PROBLEM_MEDIA_TYPE } from '../problem/problem.js';
import { SECURITY_HEADERS } from './security-headers.js';

interface Refusal {
  readonly status: number;
  readonly detail: string;
}

/** Node keeps the answer it is sending here; what it does by itself about client errors depends on it, too. */
interface AnsweringSocket extends Socket {
  readonly _httpMessage?: ServerResponse | null;
}

const MALFORMED: Refusal = { status: 400, detail: 'The request is not well-formed HTTP.' };
const REFUSALS: Record<string, Refusal> = {
  HPE_HEADER_OVERFLOW: { status: 431, detail: 'The path and the headers are too long.' },
  ERR_HTTP_REQUEST_TIMEOUT: { status: 408, detail: 'The request took too long to arrive.' },
};
const EXPECTATION: Refusal = { status: 417, detail: 'Nothing but 100-continue can be expected.' };

/** Answers what is not even HTTP, too long to be read as such, or too slow; there is no request to answer to yet. */
export function answerClientError(error: NodeJS.ErrnoException, socket: AnsweringSocket): void {
  // A second answer in the middle of the one before it would be taken for a part of that.
  const isAnswering = socket._httpMessage?.headersSent ?? false;
  if (error.code === 'ECONNRESET' || !socket.writable || isAnswering) {
    socket.destroy(error);
    return;
  }
  const refusal = REFUSALS[error.code ?? ''] ?? MALFORMED;
  const { title, headers, body } = answerOf(refusal);
  const lines = Object.entries({ ...headers, connection: 'close' }).map((line) => line.join(': '));
  socket.end([`HTTP/1.1 ${String(refusal.status)} ${title}`, ...lines, '', body].join('\r\n'));
}

/** Answers an `Expect` that Node would refuse in its own way. */
export function answerExpectation(_request: IncomingMessage, response: ServerResponse): void {
  const { headers, body } = answerOf(EXPECTATION);
  response.writeHead(EXPECTATION.status, headers).end(body);
}

function answerOf({ status, detail }: Refusal) {
  const title = STATUS_CODES[status] ?? '';
  const id = randomUUID();
  const body = JSON.stringify({
    type: 'about:blank',
    title,
    status,
    detail,
    instance: '',
    code: title.toUpperCase().replaceAll(' ', '_'),
    request_id: id,
  });
  const headers: Record<string, string> = {
    ...SECURITY_HEADERS,
    'content-type': PROBLEM_MEDIA_TYPE,
    'x-request-id': id,
    'content-length': String(Buffer.byteLength(body)),
  };
  return { title, headers, body };
}
