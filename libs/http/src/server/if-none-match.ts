import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';

/** `true` when the request says `If-None-Match: *`: only create, never answer with what is already there. */
export const OnlyIfAbsent = createParamDecorator(
  (_: unknown, context: ExecutionContext): boolean => {
    const { headers } = context.switchToHttp().getRequest<FastifyRequest>();
    return headers['if-none-match']?.trim() === '*';
  },
);
