import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Access } from './access.js';
import { freshnessOf } from './fresh-reads.js';
import { knownCallerOf } from './guard-requests.js';

/** Gives a handler the {@link Access} of the caller. */
export const Within = createParamDecorator((_: unknown, context: ExecutionContext): Access => {
  const request = context.switchToHttp().getRequest<FastifyRequest>();
  return knownCallerOf(request).access.asOf(freshnessOf(request));
});
