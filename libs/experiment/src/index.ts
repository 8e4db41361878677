export { EvaluationCheckService, isInStep } from './check/evaluation-check.service.js';
export type { CheckReport, Difference } from './check/evaluation-check.types.js';
export { ExperimentEvaluationEntity } from './experiment-evaluation.entity.js';
export { ExperimentEntity } from './experiment.entity.js';
export { MetricPointEntity } from './metrics/metric-point.entity.js';
export { MetricSeriesEntity } from './metrics/metric-series.entity.js';
export { ExperimentModule } from './experiment.module.js';
