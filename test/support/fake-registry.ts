import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A package registry of its own: what it answers to an audit, and to everything else about a package. */
export async function startRegistry(
  advisories: { readonly status: number; readonly body: unknown },
  version: string,
): Promise<AsyncDisposable & { readonly url: string }> {
  const server = createServer((request, response) => {
    const isAudit = request.url?.endsWith('/security/advisories/bulk') ?? false;
    const name = decodeURIComponent(request.url?.slice(1) ?? '');
    const versions = { [version]: { name, version } };
    const about = { name, 'dist-tags': { latest: version }, versions };
    const { status, body } = isAudit ? advisories : { status: 200, body: about };
    request.resume();
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${String(port)}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
