import 'reflect-metadata';
import type { LoggerService } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Config } from '#config';
import { GateService } from '#auth';
import { createAdapter, guardRequests, watchMethods } from '#http';
import { AppModule, type ModuleConfig } from './app.module.js';
import { serveDocs } from './serve-docs.js';

/** What the application needs to know; where it listens is the caller's business. */
export type AppConfig = ModuleConfig & Pick<Config, 'maxBodyBytes'>;

/** Builds the application on a migrated database, ready to listen. */
export async function createApp(
  config: AppConfig,
  logger: LoggerService,
): Promise<NestFastifyApplication> {
  const adapter = createAdapter(config);
  const refuseOtherMethods = watchMethods(adapter.getInstance());
  const app = await NestFactory.create<NestFastifyApplication>(AppModule.forRoot(config), adapter, {
    logger,
    bodyParser: false,
    abortOnError: false,
  });
  guardRequests(adapter.getInstance(), app.get(GateService));
  serveDocs(app, config);
  await app.init();
  refuseOtherMethods();
  await adapter.getInstance().ready();
  return app;
}
