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
} from './metrics.js';
export { StatementTimer, tellSlowStatements } from './statement-timer.js';
export { duringWork, type Work } from './work.js';
