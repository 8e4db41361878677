import type { LoggerService } from '@nestjs/common';
import type { ErrorKind } from '#errors';
import { rejections } from '#telemetry';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { codedErrorOf } from './coded-error-of.js';
import { PROBLEM_MEDIA_TYPE, problemOf } from './problem.js';

/** Only what no browser asks people for: pages of this service bring their own way. */
const CHALLENGE = 'Bearer realm="Model DB"';

/** Not for what the request asks. */
const REJECTIONS = new Set<ErrorKind>(['unavailable', 'too_many', 'unauthenticated', 'forbidden']);

/** Answers with the problem that stands for `error`, and logs it when it is the service's own fault. */
export function sendProblem(
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
  logger: LoggerService,
): void {
  const coded = codedErrorOf(error);
  const problem = problemOf(coded, pathOf(request), request.id);
  if (REJECTIONS.has(coded.kind)) rejections.inc({ code: coded.code });
  if (problem.status >= 500 && !coded.isLogged) {
    logger.error({
      msg: coded.message,
      code: coded.code,
      request_id: request.id,
      err: coded.cause ?? coded,
    });
  }
  if (reply.sent) return;
  if (coded.retryAfter !== undefined) void reply.header('retry-after', String(coded.retryAfter));
  if (coded.kind === 'unauthenticated') void reply.header('www-authenticate', CHALLENGE);
  if (coded.tag !== undefined) void reply.header('etag', `"${coded.tag}"`);
  void reply
    .status(problem.status)
    .header('content-type', PROBLEM_MEDIA_TYPE)
    .send(JSON.stringify(problem));
}

/** What was asked for, without the query. */
export function pathOf(request: FastifyRequest): string {
  const end = request.url.indexOf('?');
  return end < 0 ? request.url : request.url.slice(0, end);
}
