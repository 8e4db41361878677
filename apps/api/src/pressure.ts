import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Config } from '#config';
import type { Database } from '#database';
import type { Pressure } from '#http';
import { EventLoopDelay } from '#telemetry';

export type PressureLimits = Pick<Config, 'maxWaitingRequests' | 'maxEventLoopDelayMs'>;

type Fastify = ReturnType<ReturnType<NestFastifyApplication['getHttpAdapter']>['getInstance']>;

/**
 * What the service measures its load by. Those for the database that are let in find room in its line: more may stand in that
 * than it takes to refuse others.
 */
export function pressureOn(
  database: Database,
  fastify: Fastify,
  { maxWaitingRequests, maxEventLoopDelayMs }: PressureLimits,
): Pressure {
  const limit = maxWaitingRequests === 0 ? Infinity : maxWaitingRequests;
  return {
    isDatabaseFull: () => database.waiting >= limit || database.isFull,
    isLate: maxEventLoopDelayMs === 0 ? () => false : watchDelay(fastify, maxEventLoopDelayMs),
  };
}

function watchDelay(fastify: Fastify, maxMs: number): () => boolean {
  const delay = new EventLoopDelay();
  fastify.addHook('onClose', (_instance, done) => {
    delay.stop();
    done();
  });
  return () => delay.ms > maxMs;
}
