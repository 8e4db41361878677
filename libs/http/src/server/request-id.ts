import type { IncomingHttpHeaders } from 'node:http';
import { v7 as uuidv7 } from 'uuid';

const ACCEPTABLE = /^[\w.:/+=-]{1,128}$/;

/** The caller's own `X-Request-Id`, so that its logs and ours can be joined, or a new one. */
export function newRequestId(request: { readonly headers: IncomingHttpHeaders }): string {
  const given = request.headers['x-request-id'];
  return typeof given === 'string' && ACCEPTABLE.test(given) ? given : uuidv7();
}
