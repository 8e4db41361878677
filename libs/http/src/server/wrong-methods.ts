import { METHODS } from 'node:http';
import { Logger } from '@nestjs/common';
import { CodedError } from '#errors';
import type { FastifyInstance } from 'fastify';
import findMyWay from 'find-my-way';
import { sendProblem } from '../problem/send-problem.js';

/** A URL is in the header, which has a limit of its own. */
const ANY_LENGTH = Number.MAX_SAFE_INTEGER;

/**
 * Watches which methods each route has, so that the others can be answered 405 with `Allow` instead of 404.
 * @returns adds those answers; to be called once, when all routes are registered
 */
export function watchMethods(fastify: FastifyInstance): () => void {
  // Those of WebDAV and the like are known as methods, too: there is a route, only not for them.
  for (const method of METHODS.filter((name) => !fastify.supportedMethods.includes(name))) {
    fastify.addHttpMethod(method, { hasBody: true });
  }
  const allowed = new Map<string, Set<string>>();
  fastify.addHook('onRoute', ({ url, method }) => {
    if (url.includes('*')) return;
    const methods = allowed.get(url) ?? new Set<string>();
    for (const name of [method].flat()) methods.add(name);
    allowed.set(url, methods);
  });
  return () => {
    refuseOthers(fastify, allowed);
  };
}

/** Finds the route as Fastify does, whatever the method, with the router that Fastify is made with. */
function refuseOthers(fastify: FastifyInstance, allowed: ReadonlyMap<string, Set<string>>): void {
  const logger = new Logger('Http');
  const routes = findMyWay({ maxParamLength: ANY_LENGTH });
  for (const [url, methods] of allowed) {
    const allow = [...methods, 'OPTIONS'].sort().join(', ');
    routes.on('GET', url, () => undefined, { allow });
  }
  // Before the body is read: what it holds does not matter.
  fastify.addHook('onRequest', (request, reply, done) => {
    const { method, url } = request;
    // No route of ours is for OPTIONS; where pages of other origins may call, there is one for all URLs.
    const route = request.is404 || method === 'OPTIONS' ? routes.find('GET', url) : null;
    if (!route) {
      done();
      return;
    }
    const { allow } = route.store as { allow: string };
    void reply.header('allow', allow);
    if (method === 'OPTIONS') void reply.status(204).send();
    else sendProblem(methodNotAllowed(method, allow), request, reply, logger);
  });
}

function methodNotAllowed(method: string, allow: string): CodedError {
  return new CodedError({
    kind: 'method_not_allowed',
    code: 'METHOD_NOT_ALLOWED',
    detail: `${method} is not possible here; possible are ${allow}.`,
  });
}
