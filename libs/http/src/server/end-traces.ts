import type { FastifyInstance } from 'fastify';
import { workOf } from './follow-requests.js';
import { callerOf } from './guard-requests.js';

/** Ends the traces of requests that were answered, or whose client is gone. */
export function endTraces(fastify: FastifyInstance): void {
  fastify.addHook('onResponse', (request, reply, done) => {
    workOf(request)?.trace?.end({
      end: performance.now(),
      status: reply.statusCode,
      caller: callerOf(request)?.subject,
    });
    done();
  });
}
