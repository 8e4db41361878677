import type { IncomingHttpHeaders } from 'node:http';

const BEARER = /^Bearer +([\x21-\x7e]+) *$/i;
const BASIC = /^Basic +([\w+/=-]+) *$/i;

/**
 * The secret that a request is sent with: as a bearer token, in `X-API-Key`, or as the password of Basic, whatever the user.
 * @returns `null` when there is something that is none of these; `undefined` when there is nothing
 */
export function secretIn(headers: IncomingHttpHeaders): string | null | undefined {
  const { authorization, 'x-api-key': apiKey } = headers;
  if (authorization === undefined) return typeof apiKey === 'string' ? apiKey : undefined;
  const bearer = BEARER.exec(authorization)?.[1];
  if (bearer !== undefined) return bearer;
  const basic = BASIC.exec(authorization)?.[1];
  return basic === undefined ? null : passwordIn(Buffer.from(basic, 'base64').toString());
}

function passwordIn(pair: string): string | null {
  const colon = pair.indexOf(':');
  return colon < 0 ? null : pair.slice(colon + 1);
}
