import cors from '@fastify/cors';
import type { FastifyInstance } from 'fastify';
import { NEEDS_NOTHING } from './policy.js';

/** How long a browser may remember what it was allowed, in seconds. */
const MAX_AGE = 600;

/**
 * Lets pages of these origins call the service from a browser. Without any, nothing is added: no header, no permission.
 * Hooks that are added before it resolves come before it.
 * @param origins - as browsers send them, such as `https://app.example.com`
 */
export async function allowOrigins(
  fastify: FastifyInstance,
  origins: readonly string[],
): Promise<void> {
  if (origins.length === 0) return;
  const allowed = new Set<string | undefined>(origins);
  // The plugin's own route, for preflights of paths that are none: what is no preflight is told there that they are none.
  fastify.addHook('onRoute', (route) => {
    if (route.url === '*' && route.method === 'OPTIONS') route.config = NEEDS_NOTHING;
  });
  await fastify.register(cors, {
    // For any other the plugin does nothing, so that OPTIONS answers it as it does without CORS.
    origin: (origin, done) => {
      done(null, allowed.has(origin));
    },
    methods: ['GET', 'HEAD', 'POST', 'PATCH', 'DELETE'],
    allowedHeaders: [
      'Authorization',
      'Content-Type',
      'Idempotency-Key',
      'If-Match',
      'If-None-Match',
      'X-API-Key',
      'X-Request-Id',
    ],
    exposedHeaders: [
      'ETag',
      'Idempotency-Replayed',
      'Link',
      'RateLimit-Limit',
      'RateLimit-Remaining',
      'RateLimit-Reset',
      'Retry-After',
      'X-Request-Id',
    ],
    maxAge: MAX_AGE,
    // An OPTIONS that is no preflight is no error.
    strictPreflight: false,
  });
}
