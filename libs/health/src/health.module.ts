import { Module, type DynamicModule } from '@nestjs/common';
import { HealthController } from './health.controller.js';
import { ReadinessService } from './readiness/readiness.service.js';
import { RELEASE, type Release } from './version/release.js';
import { VersionController } from './version/version.controller.js';

/** What is asked by those that watch the service. */
@Module({})
export class HealthModule {
  static forRoot(release: Release): DynamicModule {
    return {
      module: HealthModule,
      controllers: [HealthController, VersionController],
      providers: [ReadinessService, { provide: RELEASE, useValue: release }],
    };
  }
}
