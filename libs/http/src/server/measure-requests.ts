import { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { requests } from '#telemetry';

/** Any others share a name: a client may send whatever it likes. */
const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE']);
const CLASSES = ['', '1xx', '2xx', '3xx', '4xx', '5xx'];
const METHOD_NOT_ALLOWED = 405;

const START = Symbol('start');
type Measured = FastifyRequest & { [START]?: number };

/** To be called when a request arrives. */
export function beginMeasuring(request: Measured): void {
  request[START] = performance.now();
}

/**
 * Counts the request with the time it took, when its answer is on its way, or when what is streamed has ended. It is called
 * where an answer passes anyway: Fastify's hook for what comes after that costs a request several microseconds.
 */
export function endMeasuring(request: Measured, reply: FastifyReply, payload: unknown): void {
  const { [START]: start } = request;
  if (start === undefined) return;
  if (payload instanceof Readable) reply.raw.once('close', () => observe(request, reply, start));
  else observe(request, reply, start);
}

function observe(request: FastifyRequest, { statusCode }: FastifyReply, start: number): void {
  const { method } = request;
  const isUsual = METHODS.has(method);
  const isRoute = isUsual && statusCode !== METHOD_NOT_ALLOWED;
  const route = isRoute ? (request.routeOptions.url ?? 'unknown') : 'unknown';
  const status = CLASSES[Math.trunc(statusCode / 100)] ?? '';
  const series = requests.of(route, isUsual ? method : 'other', status);
  series.observe((performance.now() - start) / 1000);
}
