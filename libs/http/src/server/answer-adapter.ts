import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyReply } from 'fastify';
import { ListAnswer } from '../json/list-answer.js';
import { LinesAnswer } from '../json/json-lines.js';
import { isKnown } from './entity-tags.js';
import { RecordAnswer } from './record-answer.js';
import { REVALIDATED } from './security-headers.js';
import { LINES_TYPE } from './wants-lines.js';

/** Characters from which on a text is sent as bytes. */
const LONG = 16_384;

/**
 * Sends what handlers return: a {@link ListAnswer} is written now, a {@link LinesAnswer} says what it is, a
 * {@link RecordAnswer} gets its `ETag`, or is not sent at all when the client has it already.
 */
export class AnswerAdapter extends FastifyAdapter {
  override reply(...[response, body, status]: Parameters<FastifyAdapter['reply']>): FastifyReply {
    if (body instanceof ListAnswer) return super.reply(response, encoded(body.take()), status);
    if (body instanceof LinesAnswer) {
      const lines = (response as FastifyReply).header('content-type', LINES_TYPE);
      return super.reply(lines, body.stream, status);
    }
    if (!(body instanceof RecordAnswer)) return super.reply(response, encoded(body), status);
    // Only what has no route is answered past Fastify, and that is no record.
    const reply = response as FastifyReply;
    const { method, headers } = reply.request;
    void reply.header('etag', `"${body.tag}"`).header('cache-control', REVALIDATED);
    const isRead = method === 'GET' || method === 'HEAD';
    if (isRead && isKnown(headers['if-none-match'], body.tag)) {
      return reply.status(304).removeHeader('content-type').send();
    }
    // Nest would look whether it is a file or an error.
    return reply.code(status ?? reply.statusCode).send(encoded(body.json));
  }
}

/** A long text as bytes: otherwise its length is counted, it is joined with the headers, and only then encoded. */
function encoded(body: unknown): unknown {
  return typeof body === 'string' && body.length > LONG ? Buffer.from(body) : body;
}
