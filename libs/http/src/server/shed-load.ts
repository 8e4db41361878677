import type { OutgoingHttpHeaders } from 'node:http';
import { Logger } from '@nestjs/common';
import { databaseBusy, overloaded, type CodedError } from '#errors';
import { NowAndThen, rejections } from '#telemetry';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { PROBLEM_MEDIA_TYPE, problemOf } from '../problem/problem.js';
import { pathOf } from '../problem/send-problem.js';
import { endMeasuring } from './measure-requests.js';
import { restAfter } from './rest.js';
import { isSendingBody, swallowBody } from './swallow-body.js';
import { isOfWatcher } from './watchers.js';

/** How much of a body is read to its end, so that the refusal arrives, where the connection is closed afterwards. */
const PATIENCE_BYTES = 33_554_432;

/** What there may be too much of. Asked for each request. */
export interface Pressure {
  /** Whether as many requests wait for the database as may. */
  readonly isDatabaseFull: () => boolean;
  /** Whether the process is late for everything. */
  readonly isLate: () => boolean;
}

/**
 * Refuses requests that would only wait, before anybody asks who sends them and before their body is read. Those that watch
 * the service are always served. To be called before the gate.
 */
export function shedLoad(fastify: FastifyInstance, { isDatabaseFull, isLate }: Pressure): void {
  const whenFull = refusalOf(databaseBusy());
  const whenLate = refusalOf(overloaded());
  fastify.addHook('onRequest', (request, reply, done) => {
    const refuse = isDatabaseFull() ? whenFull : isLate() ? whenLate : undefined;
    if (!refuse || isOfWatcher(request)) done();
    else refuse(request, reply);
  });
}

/** Past the way of other problems: what is refused by the thousand should cost little more than having been read. */
function refusalOf(error: CodedError): (request: FastifyRequest, reply: FastifyReply) => void {
  const { code, retryAfter = 0 } = error;
  const logger = new Logger('Http');
  const told = new NowAndThen((count) => {
    logger.warn({ msg: 'too much to do: requests are refused', code, refused: count });
  });
  return (request, reply) => {
    told.note();
    rejections.inc({ code });
    const problem = problemOf(error, pathOf(request), request.id);
    const body = JSON.stringify(problem);
    void reply
      .hijack()
      .code(problem.status)
      .headers({
        'retry-after': String(retryAfter),
        'content-type': PROBLEM_MEDIA_TYPE,
        'content-length': String(Buffer.byteLength(body)),
      });
    endMeasuring(request, reply, body);
    const send = (): void => {
      restAfter(reply.raw, 1000 * retryAfter);
      reply.raw.writeHead(problem.status, reply.getHeaders() as OutgoingHttpHeaders).end(body);
    };
    // Of a connection that stays open Node throws the rest of the body away by itself, as it comes.
    if (isLast(reply) && isSendingBody(request.raw)) {
      void swallowBody(request.raw, PATIENCE_BYTES).then(send);
    } else send();
  };
}

function isLast({ raw }: FastifyReply): boolean {
  return !raw.shouldKeepAlive || raw.hasHeader('connection');
}
