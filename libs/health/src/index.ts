export { HealthModule } from './health.module.js';
export { ReadinessService } from './readiness/readiness.service.js';
