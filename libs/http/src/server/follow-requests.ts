import { duringWork, type Tracer, type Work } from '#telemetry';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { beginTrace } from './begin-trace.js';

const WORK = Symbol('work');
type Followed = FastifyRequest & { [WORK]?: Work };

/**
 * Keeps account of what is done for each request. To be called before the gate, which may ask the database, too.
 * @param tracer - is told of it as well, if there is one
 */
export function followRequests(fastify: FastifyInstance, tracer: Tracer | undefined): void {
  fastify.addHook('onRequest', (request: Followed, _reply, done) => {
    const trace = tracer && beginTrace(request, tracer);
    const work = { requestId: request.id, statements: 0, seconds: 0, trace };
    request[WORK] = work;
    duringWork(work, done);
  });
  // Once more: reading the body has led here by a way that knows nothing of it.
  fastify.addHook('preHandler', (request: Followed, _reply, done) => {
    const work = request[WORK];
    if (work) duringWork(work, done);
    else done();
  });
}

/** What was done for a request, if that is kept account of. */
export function workOf(request: FastifyRequest): Work | undefined {
  return (request as Followed)[WORK];
}
