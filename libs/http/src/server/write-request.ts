import { createHash } from 'node:crypto';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { JsonBody } from '../json/json-body.js';
import { keyMalformed } from '../problem/request-errors.js';
import { strongTags } from './entity-tags.js';
import { knownCallerOf } from './guard-requests.js';
import { originOf, type Origin } from './origin.js';
import type { Caller } from './policy.js';

/** What makes a request the same when it is repeated. */
export interface IdempotencyKey {
  readonly text: string;
  /** Of method, URL and body: another one means another request. */
  readonly fingerprint: string;
}

/** What a request that writes says besides what is to be written. */
export interface WriteRequest {
  /** Present when the request may be repeated without being carried out again. */
  readonly key?: IdempotencyKey;
  /** The tags of which the record must have one for the write to take place; absent when any state will do. */
  readonly expected?: readonly string[];
  readonly caller: Caller;
  /** What the audit says of where the change comes from. */
  readonly origin: Origin;
  /** Tells the client that the answer is that of an earlier request. */
  readonly markReplayed: () => void;
}

const KEY = /^[\x21-\x7e](?:[\x20-\x7e]{0,253}[\x21-\x7e])?$/;

/** Gives a handler its {@link WriteRequest}. */
export const ForWrite = createParamDecorator(
  (_: unknown, context: ExecutionContext): WriteRequest => {
    const http = context.switchToHttp();
    const [request, reply] = [http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>()];
    const text = request.headers['idempotency-key'];
    const expected = strongTags(request.headers['if-match']);
    const caller = knownCallerOf(request);
    return {
      ...(text !== undefined && { key: readKey(text, request, caller) }),
      ...(expected && { expected }),
      caller,
      origin: originOf(request),
      markReplayed: () => void reply.header('idempotency-replayed', 'true'),
    };
  },
);

function readKey(text: string | string[], request: FastifyRequest, caller: Caller): IdempotencyKey {
  if (typeof text !== 'string' || !KEY.test(text)) throw keyMalformed();
  return { text, fingerprint: fingerprintOf(request, caller) };
}

/** Of the caller, too: nobody gets an answer that somebody else was given. */
function fingerprintOf(request: FastifyRequest, caller: Caller): string {
  const { method, url, body } = request;
  const hash = createHash('sha256').update(`${method} ${url}\n`);
  if (caller.method !== 'none') hash.update(`${caller.subject}\n`);
  if (body instanceof JsonBody) hash.update(body.bytes);
  return hash.digest('base64url');
}
