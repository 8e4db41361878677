import { collectDefaultMetrics, Counter, Gauge, Registry } from 'prom-client';
import { Timing } from './timing.js';

/** What Prometheus is told of this process. Labels are names from the sources, never what a request holds. */
export const registry = new Registry();

/** From arrival until the answer is on its way, or what is streamed has ended; the route is its template. */
export const requests = new Timing(
  {
    name: 'modeldb_http_request_duration_seconds',
    help: 'How long requests took, by route template, method and class of status.',
    labels: ['route', 'method', 'status'],
    bounds: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
  },
  registry,
);

/** On the connection, its way there and back included. */
export const statements = new Timing(
  {
    name: 'modeldb_db_statement_duration_seconds',
    help: 'How long statements took, by name.',
    labels: ['statement'],
    bounds: [0.0005, 0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 10, 60],
  },
  registry,
);

/** Until a connection was lent. */
export const connectionWaits = new Timing(
  {
    name: 'modeldb_db_connection_wait_seconds',
    help: 'How long work waited for a connection, by pool.',
    labels: ['pool'],
    bounds: [0.0005, 0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 10],
  },
  registry,
);

export const connections = new Gauge({
  name: 'modeldb_db_connections',
  help: 'Connections to the database, by pool and state: busy or idle.',
  labelNames: ['pool', 'state'],
  registers: [registry],
});

export const connectionsMax = new Gauge({
  name: 'modeldb_db_connections_max',
  help: 'Connections that a pool may have.',
  labelNames: ['pool'],
  registers: [registry],
});

export const connectionQueue = new Gauge({
  name: 'modeldb_db_queue',
  help: 'Work that waits for a connection, by pool.',
  labelNames: ['pool'],
  registers: [registry],
});

export const connectionQueueMax = new Gauge({
  name: 'modeldb_db_queue_max',
  help: 'Work that may wait for a connection; what is more is refused.',
  labelNames: ['pool'],
  registers: [registry],
});

export const retries = new Counter({
  name: 'modeldb_db_retries_total',
  help: 'Statements that were run again because PostgreSQL undid them, by SQLSTATE.',
  labelNames: ['sqlstate'],
  registers: [registry],
});

export const replicaUsed = new Gauge({
  name: 'modeldb_db_replica_used',
  help: 'Whether a replica is used (1) or left out (0), by its place in DATABASE_REPLICA_URLS, from 0 on.',
  labelNames: ['replica'],
  // Of several workers, one that leaves it out is told of.
  aggregator: 'min',
  registers: [registry],
});

export const replicaLag = new Gauge({
  name: 'modeldb_db_replica_lag_seconds',
  help: 'How long ago something may have been written that a replica does not have.',
  labelNames: ['replica'],
  aggregator: 'max',
  registers: [registry],
});

export const replicaReads = new Counter({
  name: 'modeldb_db_replica_reads_total',
  help: 'Statements that a replica was asked for, by outcome: answered, or repeated on the primary.',
  labelNames: ['replica', 'outcome'],
  registers: [registry],
});

export const replays = new Counter({
  name: 'modeldb_idempotent_replays_total',
  help: 'Writes that were answered as the first time, by their Idempotency-Key.',
  registers: [registry],
});

export const rejections = new Counter({
  name: 'modeldb_rejected_requests_total',
  help: 'Requests refused for what they are not to blame for, or for who sent them, by the code of the problem.',
  labelNames: ['code'],
  registers: [registry],
});

export const records = new Gauge({
  name: 'modeldb_records',
  help: 'Rows by kind, deleted records included: an estimate of PostgreSQL, a minute old at most.',
  labelNames: ['kind'],
  // Each worker tells the same, as old as it is.
  aggregator: 'max',
  registers: [registry],
});

export const build = new Gauge({
  name: 'modeldb_build_info',
  help: 'Always 1: which release runs.',
  labelNames: ['version', 'commit'],
  aggregator: 'max',
  registers: [registry],
});

export const workers = new Gauge({
  name: 'modeldb_workers',
  help: 'Processes that serve.',
  registers: [registry],
});

let isWatched = false;

/** Adds what Node.js says of the process: CPU, memory, garbage collection, event-loop delay. It costs a timer. */
export function watchProcess(): void {
  if (isWatched) return;
  isWatched = true;
  collectDefaultMetrics({ register: registry });
}
