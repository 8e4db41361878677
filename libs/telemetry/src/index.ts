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
export { samplesOfProcess, ServiceMetrics, type Samples } from './service-metrics.js';
export { StatementTimer, tellSlowStatements } from './statement-timer.js';
export { duringWork, type Work } from './work.js';
