import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** Tells the client where the next page starts, in a `Link` header; without a cursor, that there is none. */
export type LinkNextPage = (cursor: string | undefined) => void;

/** Gives a handler its {@link LinkNextPage}. */
export const NextPage = createParamDecorator(
  (_: unknown, context: ExecutionContext): LinkNextPage => {
    const http = context.switchToHttp();
    const [request, reply] = [http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>()];
    return (cursor) => {
      if (cursor !== undefined) void reply.header('link', nextPageLink(request.url, cursor));
    };
  },
);

/**
 * The `Link` to the next page: the same request with another cursor. It has no host, since a proxy may have changed it.
 * @param url - path and query, as requested
 */
function nextPageLink(url: string, cursor: string): string {
  const [path = '', query = ''] = url.split(/\?(.*)/s);
  const parameters = new URLSearchParams(query);
  parameters.set('cursor', cursor);
  return `<${path}?${parameters.toString()}>; rel="next"`;
}
