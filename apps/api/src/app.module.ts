import { Module, type DynamicModule } from '@nestjs/common';
import { AuditModule } from '#audit';
import { AuthModule, type AuthSettings } from '#auth';
import { DatabaseModule, type ServiceDatabaseConfig } from '#database';
import { ExperimentModule } from '#experiment';
import { HealthModule, type MetricsOfService } from '#health';
import { HttpModule } from '#http';
import { IdempotencyModule } from '#idempotency';
import type { Config } from '#config';
import { ModelModule } from '#model';
import { ProjectModule } from '#project';
import { VERSION } from './version.js';

/** What the modules need to know. */
export type ModuleConfig = ServiceDatabaseConfig &
  Pick<
    Config,
    'idempotencyKeepHours' | 'auditSealSeconds' | 'quotas' | 'commit' | 'areMetricsOpen'
  > &
  AuthSettings & {
    /** Absent: this process is the service. */
    readonly metricsOfService?: MetricsOfService;
  };

/** The whole service. */
@Module({})
export class AppModule {
  static forRoot(config: ModuleConfig): DynamicModule {
    return {
      module: AppModule,
      imports: [
        HttpModule,
        DatabaseModule.forRoot(config),
        AuthModule.forRoot({
          isOpen: config.isOpen,
          adminKey: config.adminKey,
          oidc: config.oidc,
        }),
        AuditModule.forRoot(config.auditSealSeconds),
        IdempotencyModule.forRoot(config.idempotencyKeepHours),
        ProjectModule,
        ModelModule,
        ExperimentModule.forRoot(config.quotas),
        HealthModule.forRoot(
          { version: VERSION, commit: config.commit },
          config.areMetricsOpen,
          config.metricsOfService,
        ),
      ],
    };
  }
}
