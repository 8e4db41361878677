import { Module, type DynamicModule } from '@nestjs/common';
import { HealthController } from './health.controller.js';
import { MetricsController, OpenMetricsController } from './metrics/metrics.controller.js';
import {
  METRICS_OF_SERVICE,
  MetricsService,
  type MetricsOfService,
} from './metrics/metrics.service.js';
import { ReadinessService } from './readiness/readiness.service.js';
import { RELEASE, type Release } from './version/release.js';
import { VersionController } from './version/version.controller.js';

/** What is asked by those that watch the service. */
@Module({})
export class HealthModule {
  /**
   * @param areMetricsOpen - whether everybody may read them
   * @param metricsOfService - where this process is a worker
   */
  static forRoot(
    release: Release,
    areMetricsOpen: boolean,
    metricsOfService?: MetricsOfService,
  ): DynamicModule {
    return {
      module: HealthModule,
      controllers: [
        HealthController,
        VersionController,
        areMetricsOpen ? OpenMetricsController : MetricsController,
      ],
      providers: [
        ReadinessService,
        MetricsService,
        { provide: RELEASE, useValue: release },
        { provide: METRICS_OF_SERVICE, useValue: metricsOfService },
      ],
    };
  }
}
