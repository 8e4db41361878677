import 'reflect-metadata';
import type { LoggerService } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { GateService } from '#auth';
import type { Config } from '#config';
import {
  allowOrigins,
  createAdapter,
  guardRequests,
  keepReadsFresh,
  logRequests,
  rateLimits,
  watchMethods,
  type AdapterOptions,
  type RateLimitOptions,
} from '#http';
import { tellSlowStatements } from '#telemetry';
import { AppModule, type ModuleConfig } from './app.module.js';
import { serveDocs } from './serve-docs.js';

/** What the application needs to know; where it listens is the caller's business. */
export type AppConfig = ModuleConfig &
  AdapterOptions &
  RateLimitOptions &
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
  guardRequests(fastify, app.get(GateService), await rateLimits(fastify, config));
  if (config.replicaUrls.length > 0) keepReadsFresh(fastify);
  serveDocs(app, config);
  await app.init();
  refuseOtherMethods();
  await fastify.ready();
  return app;
}
