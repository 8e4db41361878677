import type { FastifyInstance, onRequestHookHandler } from 'fastify';
import { SIGNED_IN } from '#http';

/**
 * Gives the routes below `/docs`, and the one that leads back there, headers with which Swagger UI works: it needs its own scripts, its own answers and pictures, and
 * styles in the page. Scripts in the page, and anything from elsewhere, stay forbidden. All other routes are left as they are.
 * @param issuer - of access tokens: what it says of itself may be loaded, and its login window may speak to the page
 */
export function allowSwagger(fastify: FastifyInstance, issuer: string | undefined): void {
  const origins = issuer === undefined ? [] : [new URL(issuer).origin];
  const headers = {
    'content-security-policy': [
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self' 'unsafe-inline'",
      "img-src 'self' data:",
      ["connect-src 'self'", ...origins].join(' '),
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
    ].join('; '),
    ...(issuer !== undefined && { 'cross-origin-opener-policy': 'unsafe-none' }),
  };
  const setHeaders: onRequestHookHandler = (_request, reply, done) => {
    void reply.headers(headers);
    done();
  };
  fastify.addHook('onRoute', (route) => {
    if (route.url !== SIGNED_IN && !/^\/docs(?:\/|$)/.test(route.url)) return;
    route.onRequest = [setHeaders, ...[route.onRequest ?? []].flat()];
  });
}
