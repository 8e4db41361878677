import type { FastifyInstance, FastifyRequest } from 'fastify';
import { requests } from '#telemetry';

/** Any others share a name: a client may send whatever it likes. */
const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE']);
const CLASSES = ['', '1xx', '2xx', '3xx', '4xx', '5xx'];
const METHOD_NOT_ALLOWED = 405;

/** Counts each request that was answered, with the time it took. */
export function measureRequests(fastify: FastifyInstance): void {
  fastify.addHook('onResponse', (request, reply, done) => {
    const { statusCode } = reply;
    const isKnown = METHODS.has(request.method) && statusCode !== METHOD_NOT_ALLOWED;
    const route = isKnown ? (templateOf(request) ?? 'unknown') : 'unknown';
    const method = METHODS.has(request.method) ? request.method : 'other';
    const status = CLASSES[Math.trunc(statusCode / 100)] ?? '';
    requests.of(route, method, status).observe(reply.elapsedTime / 1000);
    done();
  });
}

/** `/models/id/:model_id`; none, where there is no such route. */
function templateOf(request: FastifyRequest): string | undefined {
  return request.routeOptions.url;
}
