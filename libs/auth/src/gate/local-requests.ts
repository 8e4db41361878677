import type { IncomingHttpHeaders } from 'node:http';
import { isLoopback } from '#config';
import { CodedError } from '#errors';

/**
 * Refuses what a page of another site could make a browser on this machine send, while nobody has to say who they are: with
 * a name of its own that leads here (DNS rebinding), or across origins.
 * @throws CodedError
 */
export function requireLocal({ host = '', origin }: IncomingHttpHeaders): void {
  const name = hostName(host);
  if (name === undefined || !isLoopback(name)) throw hostRefused();
  if (origin !== undefined && origin !== `http://${host}`) throw originRefused();
}

/** Of `localhost:8000`, `127.0.0.1` or `[::1]:8000`. */
function hostName(host: string): string | undefined {
  return /^(?:\[([0-9a-f:.]+)\]|([\w.-]+))(?::\d+)?$/i.exec(host)?.slice(1).find(Boolean);
}

function hostRefused(): CodedError {
  return new CodedError({
    kind: 'forbidden',
    code: 'HOST_REFUSED',
    detail:
      'While the service is open to everybody on this machine, it answers only to localhost and loopback addresses. ' +
      'MODELDB_AUTH=required closes it, and then it may have any name.',
  });
}

function originRefused(): CodedError {
  return new CodedError({
    kind: 'forbidden',
    code: 'ORIGIN_REFUSED',
    detail:
      'While the service is open to everybody on this machine, pages of other origins may not use it. ' +
      'MODELDB_AUTH=required closes it.',
  });
}
