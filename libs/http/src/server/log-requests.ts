import { Logger } from '@nestjs/common';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { workOf } from './follow-requests.js';
import { callerOf } from './guard-requests.js';
import { isOfWatcher } from './watchers.js';

/** The trace of a W3C `traceparent`. */
const TRACE = /^[\da-f]{2}-(?!0{32})([\da-f]{32})-[\da-f]{16}-[\da-f]{2}/;

/** Writes a line for each request that was answered, with what {@link followRequests} has kept account of. */
export function logRequests(fastify: FastifyInstance): void {
  const logger = new Logger('Http');
  fastify.addHook('onResponse', (request: FastifyRequest, reply, done) => {
    const line = lineOf(request, reply);
    // A line for each of those would drown the others.
    if (isOfWatcher(request)) logger.debug(line);
    else logger.log(line);
    done();
  });
}

/** The template of the route, not the path: names that users have given stand in that. */
function lineOf(request: FastifyRequest, reply: FastifyReply) {
  const { statements = 0, seconds = 0, trace } = workOf(request) ?? {};
  return {
    msg: 'request',
    request_id: request.id,
    trace_id: trace?.traceId ?? traceOf(request),
    method: request.method,
    route: request.routeOptions.url ?? 'unknown',
    status: reply.statusCode,
    ms: rounded(reply.elapsedTime),
    sql_ms: rounded(1000 * seconds),
    statements,
    caller: callerOf(request)?.subject,
  };
}

function traceOf({ headers: { traceparent } }: FastifyRequest): string | undefined {
  return typeof traceparent === 'string' ? TRACE.exec(traceparent)?.[1] : undefined;
}

function rounded(ms: number): number {
  return Math.round(ms * 100) / 100;
}
