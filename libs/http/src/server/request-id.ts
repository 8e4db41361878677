import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

/** An API key that was put into the wrong header is none: ids are answered and logged. */
const ACCEPTABLE = /^(?!mdb_)[\w.:/+=-]{1,128}$/;

/** The caller's own `X-Request-Id`, so that its logs and ours can be joined, or a new one. */
export function newRequestId(request: { readonly headers: IncomingHttpHeaders }): string {
  const given = request.headers['x-request-id'];
  return typeof given === 'string' && ACCEPTABLE.test(given) ? given : randomUUID();
}
