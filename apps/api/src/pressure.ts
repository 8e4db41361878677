import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Config } from '#config';
import type { Database } from '#database';
import type { Pressure } from '#http';
import { EventLoopDelay } from '#telemetry';
import { Crowd } from './crowd.js';

export interface PressureLimits extends Pick<Config, 'maxWaitingRequests' | 'maxEventLoopDelayMs'> {
  /** How long more than `maxWaitingRequests` may wait, in milliseconds; absent: as long as a burst lasts. */
  readonly burstMs?: number;
}

type Fastify = ReturnType<ReturnType<NestFastifyApplication['getHttpAdapter']>['getInstance']>;

/**
 * What the service measures its load by. Those for the database that are let in find room in its line: more may stand in that
 * than it takes to refuse others.
 */
export function pressureOn(
  database: Database,
  fastify: Fastify,
  { maxWaitingRequests, maxEventLoopDelayMs, burstMs }: PressureLimits,
): Pressure {
  const crowd = new Crowd(maxWaitingRequests === 0 ? Infinity : maxWaitingRequests, burstMs);
  return {
    isDatabaseFull: () => crowd.isTooLarge(database.waiting) || database.isFull,
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
