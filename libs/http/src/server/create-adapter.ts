import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { Logger } from '@nestjs/common';
import type { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { JsonBody } from '../json/json-body.js';
import { hostMissing, unsupportedEncoding } from '../problem/request-errors.js';
import { sendProblem } from '../problem/send-problem.js';
import { AnswerAdapter } from './answer-adapter.js';
import { answerClientError, answerExpectation } from './client-error.js';
import { readQuery } from './read-query.js';
import { beginMeasuring, endMeasuring } from './measure-requests.js';
import { newRequestId } from './request-id.js';
import { SECURITY_HEADERS } from './security-headers.js';
import { closeSilentConnections } from './silent-connections.js';
import { isSendingBody, swallowBody } from './swallow-body.js';
import { timeLimits } from './time-limits.js';

/** Of the request line and all headers together; a name of 255 characters takes at most 3060 in a path. */
const MAX_HEADER_BYTES = 65_536;
/** How much longer than allowed a body may be and still be read to its end, so that its refusal arrives. */
const PATIENCE = 4;
const JSON_TYPES = ['application/json', 'application/merge-patch+json'];

/** What the web server is told. */
export interface AdapterOptions {
  readonly maxBodyBytes: number;
  /** How long a request may take to arrive, in milliseconds. */
  readonly requestTimeoutMs: number;
  /** Addresses and networks of proxies whose `X-Forwarded-For` is believed. */
  readonly trustedProxies: readonly string[];
}

/**
 * The web server as Model DB needs it: bodies are read losslessly, every refusal is a problem document, every answer
 * carries a request id and the {@link SECURITY_HEADERS}, and what is in flight when the service stops is finished.
 */
export function createAdapter(options: AdapterOptions): FastifyAdapter {
  const logger = new Logger('Http');
  const proxies = [...options.trustedProxies];
  const limits = timeLimits(options.requestTimeoutMs);
  const adapter = new AnswerAdapter({
    ...limits,
    bodyLimit: options.maxBodyBytes,
    // What has no Host is refused below, in the way of all refusals.
    http: { ...limits.http, maxHeaderSize: MAX_HEADER_BYTES, requireHostHeader: false },
    routerOptions: { maxParamLength: MAX_HEADER_BYTES, querystringParser: readQuery },
    trustProxy: proxies.length > 0 && proxies,
    requestIdHeader: false,
    genReqId: newRequestId,
    forceCloseConnections: 'idle',
    return503OnClosing: false,
    clientErrorHandler: answerClientError,
    frameworkErrors: (error: Error, request: FastifyRequest, reply: FastifyReply) => {
      beginAnswer(request, reply);
      sendProblem(error, request, reply, logger);
    },
  });
  const fastify = adapter.getInstance();
  closeSilentConnections(fastify);
  fastify.server.on('checkExpectation', answerExpectation);
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser(JSON_TYPES, { parseAs: 'buffer' }, ({ headers }, bytes, done) => {
    try {
      if (isEncoded(headers)) throw unsupportedEncoding();
      done(null, readBody(bytes as Buffer, options.maxBodyBytes));
    } catch (error) {
      done(error as Error);
    }
  });
  fastify.addHook('onRequest', (request, reply, done) => {
    beginMeasuring(request);
    beginAnswer(request, reply);
    done(lacksHost(request.raw) ? hostMissing() : undefined);
  });
  fastify.addHook('onError', (_request, reply, error, done) => {
    // How long a file is whose end was asked for beyond that; on its way through Nest the error forgets it.
    const range = (error as { headers?: Record<string, string> }).headers?.['Content-Range'];
    if (range !== undefined) void reply.header('content-range', range);
    done();
  });
  fastify.addHook('onSend', (request, reply, payload, done) => {
    const { method, raw } = request;
    endMeasuring(request, reply, payload);
    const send = (): void => done(null, method === 'HEAD' ? unread(payload) : payload);
    if (isSendingBody(raw)) void swallowBody(raw, PATIENCE * options.maxBodyBytes).then(send);
    else send();
  });
  return adapter;
}

function beginAnswer(request: FastifyRequest, reply: FastifyReply): void {
  void reply.headers(SECURITY_HEADERS).header('x-request-id', request.id);
}

/** HTTP/1.0 has none. */
function lacksHost({ headers, httpVersion }: IncomingMessage): boolean {
  return headers.host === undefined && httpVersion !== '1.0';
}

function isEncoded({ 'content-encoding': encoding = 'identity' }: IncomingHttpHeaders): boolean {
  return encoding.trim().toLowerCase() !== 'identity';
}

function readBody(bytes: Buffer, maxBytes: number): JsonBody | undefined {
  return bytes.length === 0 ? undefined : JsonBody.read(bytes, maxBytes);
}

/** HEAD would otherwise read a whole list only to throw it away. */
function unread(payload: unknown): unknown {
  if (!(payload instanceof Readable)) return payload;
  payload.destroy();
  return Readable.from([]);
}
