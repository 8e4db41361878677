export { EventLoopDelay } from './event-loop-delay.js';
export { NowAndThen } from './now-and-then.js';
export {
  build,
  connectionQueue,
  connectionQueueMax,
  connections,
  connectionsMax,
  connectionWaits,
  records,
  registry,
  rejections,
  replays,
  replicaLag,
  replicaReads,
  replicaUsed,
  requests,
  retries,
  watchProcess,
  workers,
} from './metrics.js';
export { remembered } from './remembered.js';
export {
  METRICS_HOLD_MS,
  samplesOfProcess,
  ServiceMetrics,
  type Samples,
} from './service-metrics.js';
export { StatementTimer, tellSlowStatements } from './statement-timer.js';
export { startTracing } from './tracing/start-tracing.js';
export type { RequestTrace, Tracer, Tracing } from './tracing/tracer.js';
export { duringWork, type Work } from './work.js';
