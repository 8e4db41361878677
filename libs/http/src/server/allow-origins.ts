import cors from '@fastify/cors';
import type { FastifyInstance } from 'fastify';

/** How long a browser may remember what it was allowed, in seconds. */
const MAX_AGE = 600;

/**
 * Lets pages of these origins call the service from a browser. Without any, nothing is added: no header, no permission.
 * @param origins - as browsers send them, such as `https://app.example.com`
 */
export function allowOrigins(fastify: FastifyInstance, origins: readonly string[]): void {
  if (origins.length === 0) return;
  const allowed = new Set<string | undefined>(origins);
  void fastify.register(cors, {
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
    exposedHeaders: ['ETag', 'Idempotency-Replayed', 'Link', 'Retry-After', 'X-Request-Id'],
    maxAge: MAX_AGE,
    // An OPTIONS that is no preflight is no error.
    strictPreflight: false,
  });
}
