import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';

export const LINES_TYPE = 'application/x-ndjson';

/** `true` when the request says that it would rather have a list as lines of JSON. */
export const WantsLines = createParamDecorator((_: unknown, context: ExecutionContext): boolean => {
  const { headers } = context.switchToHttp().getRequest<FastifyRequest>();
  const types = headers.accept?.split(',').map((type) => type.split(';')[0]?.trim().toLowerCase());
  return types?.includes(LINES_TYPE) ?? false;
});

/** Documents a route that asks {@link WantsLines}. */
export function TakesLines(): MethodDecorator {
  return ApiHeader({
    name: 'Accept',
    required: false,
    description: `\`${LINES_TYPE}\`: a JSON object a line, instead of an array.`,
    schema: { type: 'string', enum: ['application/json', LINES_TYPE] },
  });
}
