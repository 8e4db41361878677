import 'reflect-metadata';
import type { LoggerService } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { GateService } from '#auth';
import type { Config } from '#config';
import { Database } from '#database';
import {
  allowOrigins,
  createAdapter,
  guardRequests,
  logRequests,
  rateLimits,
  shedLoad,
  watchMethods,
  type AdapterOptions,
  type RateLimitOptions,
} from '#http';
import { tellSlowStatements } from '#telemetry';
import { AppModule, type ModuleConfig } from './app.module.js';
import { pressureOn, type PressureLimits } from './pressure.js';
import { serveDocs } from './serve-docs.js';

/** What the application needs to know; where it listens is the caller's business. */
export type AppConfig = ModuleConfig &
  AdapterOptions &
  RateLimitOptions &
  PressureLimits &
  Pick<Config, 'corsOrigins' | 'logsRequests' | 'slowStatementMs'>;

/** Builds the application on a migrated database, ready to listen. */
export async function createApp(
  config: AppConfig,
  logger: LoggerService,
): Promise<NestFastifyApplication> {
  const adapter = createAdapter(config);
  const fastify = adapter.getInstance();
  const refuseOtherMethods = watchMethods(fastify);
  const app = await NestFactory.create<NestFastifyApplication>(AppModule.forRoot(config), adapter, {
    logger,
    bodyParser: false,
    abortOnError: false,
  });
  tellSlowStatements(config.slowStatementMs);
  if (config.logsRequests) logRequests(fastify);
  // Before the gate: a preflight brings no credentials, and a page may read why it is refused.
  await allowOrigins(fastify, config.corsOrigins);
  shedLoad(fastify, pressureOn(app.get(Database), fastify, config));
  guardRequests(fastify, app.get(GateService), await rateLimits(fastify, config));
  serveDocs(app, config);
  await app.init();
  refuseOtherMethods();
  await fastify.ready();
  return app;
}
