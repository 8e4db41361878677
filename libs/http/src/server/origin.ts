import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { knownCallerOf } from './guard-requests.js';
import type { Caller } from './policy.js';

/** Where a change comes from: what is written down of it. */
export interface Origin {
  /** The subject of the caller. */
  readonly actor: string;
  readonly method: Caller['method'] | 'command_line';
  /** Of an API key. */
  readonly keyId?: string | undefined;
  readonly requestId?: string;
  /** The address that the request came from. */
  readonly address?: string;
}

/** Gives a handler the {@link Origin} of its request. */
export const FromOrigin = createParamDecorator((_: unknown, context: ExecutionContext): Origin =>
  originOf(context.switchToHttp().getRequest<FastifyRequest>()),
);

/** @throws when the route serves everybody: nobody in particular cannot be written down */
export function originOf(request: FastifyRequest): Origin {
  const { subject: actor, method, keyId } = knownCallerOf(request);
  return { actor, method, keyId, requestId: request.id, address: request.ip };
}
