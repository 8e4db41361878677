import { Module, type DynamicModule, type INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { AuditModule } from '#audit';
import { AuthModule } from '#auth';
import type { Config } from '#config';
import { DatabaseModule } from '#database';
import { ExperimentModule } from '#experiment';
import { IdempotencyModule } from '#idempotency';

@Module({})
class DemoModule {
  static forRoot(config: Config & { readonly databaseUrl: string }): DynamicModule {
    return {
      module: DemoModule,
      imports: [
        DatabaseModule.forRoot(config),
        AuthModule.forRoot(config),
        AuditModule.forRoot(config.auditSealSeconds),
        IdempotencyModule.forRoot(config.idempotencyKeepHours),
        ExperimentModule.forRoot(config.quotas),
      ],
    };
  }
}

/** The services that write records, without anything that listens. */
export function demoApp(
  config: Config & { readonly databaseUrl: string },
): Promise<INestApplicationContext> {
  return NestFactory.createApplicationContext(DemoModule.forRoot(config), {
    logger: false,
    abortOnError: false,
  });
}
