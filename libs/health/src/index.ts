export { HealthModule } from './health.module.js';
export { MetricsService, type MetricsOfService } from './metrics/metrics.service.js';
export { ReadinessService } from './readiness/readiness.service.js';
