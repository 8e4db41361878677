import type { RequestTrace, Tracer } from '#telemetry';
import type { FastifyRequest } from 'fastify';
import { isOfWatcher } from './watchers.js';

const PARAMETER = /:(\w+)/g;

/** Begins the trace of a request; none for those that watch the service, who would drown the others. */
export function beginTrace(request: FastifyRequest, tracer: Tracer): RequestTrace | undefined {
  if (isOfWatcher(request)) return undefined;
  const { traceparent, tracestate } = request.headers;
  return tracer.begin({
    start: performance.now(),
    method: request.method,
    route: request.routeOptions.url?.replaceAll(PARAMETER, '{$1}'),
    scheme: request.protocol,
    requestId: request.id,
    traceparent: typeof traceparent === 'string' ? traceparent : undefined,
    tracestate: typeof tracestate === 'string' ? tracestate : undefined,
  });
}
