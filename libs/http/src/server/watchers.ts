import type { FastifyRequest } from 'fastify';

const ROUTES = /^\/(?:health|metrics|version)(?:\/|$)/;

/** Whether it comes from those that watch the service: they ask every few seconds, and nothing of users. */
export function isOfWatcher(request: FastifyRequest): boolean {
  return ROUTES.test(request.routeOptions.url ?? '');
}
