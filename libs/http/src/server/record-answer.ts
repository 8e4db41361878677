import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyReply } from 'fastify';
import type { JsonText } from '../json/json-writer.js';
import { isKnown } from './entity-tags.js';

/** Characters from which on a text is sent as bytes. */
const LONG = 16_384;

/** The answer of a route about one record: its JSON, and the tag of the state it is in. */
export class RecordAnswer {
  constructor(
    readonly json: JsonText,
    readonly tag: string,
  ) {}
}

/** Sends what handlers return, {@link RecordAnswer} included: with an `ETag`, or not at all when the client has it already. */
export class RecordAdapter extends FastifyAdapter {
  override reply(...[response, body, status]: Parameters<FastifyAdapter['reply']>): FastifyReply {
    if (!(body instanceof RecordAnswer)) return super.reply(response, encoded(body), status);
    // Only what has no route is answered past Fastify, and that is no record.
    const reply = response as FastifyReply;
    const { method, headers } = reply.request;
    void reply.header('etag', `"${body.tag}"`);
    const isRead = method === 'GET' || method === 'HEAD';
    if (isRead && isKnown(headers['if-none-match'], body.tag)) {
      return reply.status(304).removeHeader('content-type').send();
    }
    return super.reply(reply, encoded(body.json), status);
  }
}

/** A long text as bytes: otherwise its length is counted, it is joined with the headers, and only then encoded. */
function encoded(body: unknown): unknown {
  return typeof body === 'string' && body.length > LONG ? Buffer.from(body) : body;
}
