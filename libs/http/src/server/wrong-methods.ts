import { METHODS } from 'node:http';
import { Logger } from '@nestjs/common';
import { CodedError } from '#errors';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { sendProblem } from '../problem/send-problem.js';
import { NEEDS_NOTHING } from './policy.js';

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
  let watching = true;
  fastify.addHook('onRoute', ({ url, method }) => {
    if (!watching || url.includes('*')) return;
    const methods = allowed.get(url) ?? new Set<string>();
    for (const name of [method].flat()) methods.add(name);
    allowed.set(url, methods);
  });
  return () => {
    watching = false;
    for (const [url, methods] of allowed) refuseOthers(fastify, url, [...methods]);
  };
}

function refuseOthers(fastify: FastifyInstance, url: string, allowed: string[]): void {
  const logger = new Logger('Http');
  const allow = [...allowed, 'OPTIONS'].sort().join(', ');
  fastify.route({
    url,
    method: fastify.supportedMethods.filter((method) => !allowed.includes(method)),
    config: NEEDS_NOTHING,
    // Before the body is read: what it holds does not matter.
    onRequest: (request: FastifyRequest, reply: FastifyReply) => {
      void reply.header('allow', allow);
      if (request.method === 'OPTIONS') void reply.status(204).send();
      else sendProblem(methodNotAllowed(request.method, allow), request, reply, logger);
    },
    handler: () => undefined,
  });
}

function methodNotAllowed(method: string, allow: string): CodedError {
  return new CodedError({
    kind: 'method_not_allowed',
    code: 'METHOD_NOT_ALLOWED',
    detail: `${method} is not possible here; possible are ${allow}.`,
  });
}
