import { randomFillSync } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { v7 as uuidv7 } from 'uuid';

/** An API key that was put into the wrong header is none: ids are answered and logged. */
const ACCEPTABLE = /^(?!mdb_)[\w.:/+=-]{1,128}$/;
const BYTES = 16;

/** Random bytes of the next ids: asking for a few at a time takes longer than all else about an id. */
const pool = new Uint8Array(256 * BYTES);
let used = pool.length;

/** The caller's own `X-Request-Id`, so that its logs and ours can be joined, or a new one. */
export function newRequestId(request: { readonly headers: IncomingHttpHeaders }): string {
  const given = request.headers['x-request-id'];
  return typeof given === 'string' && ACCEPTABLE.test(given)
    ? given
    : uuidv7({ random: randomBytes() });
}

function randomBytes(): Uint8Array {
  if (used === pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  used += BYTES;
  return pool.subarray(used - BYTES, used);
}
