import type { Config } from '#config';
import type { Assignment } from './protocol.js';

/** A worker's part of what the settings give the service. @param least - what each has in any case */
export function shareOf(
  total: number,
  { worker, workers }: Pick<Assignment, 'worker' | 'workers'>,
  least: number,
): number {
  const remainder = worker <= total % workers ? 1 : 0;
  return Math.max(least, Math.floor(total / workers) + remainder);
}

/** The configuration of a worker: connections, and places in their lines, are shared among all. */
export function assignedConfig(
  config: Config,
  assignment: Assignment,
): Config & { readonly databaseUrl: string } {
  const { maxWaitingRequests: waiting } = config;
  return {
    ...config,
    databaseUrl: assignment.databaseUrl,
    port: assignment.port,
    poolSize: shareOf(config.poolSize, assignment, 1),
    searchPoolSize: shareOf(config.searchPoolSize, assignment, 1),
    queueSize: shareOf(config.queueSize, assignment, 0),
    // Of nothing there is no share: it means that there is no limit.
    maxWaitingRequests: waiting === 0 ? 0 : shareOf(waiting, assignment, 1),
  };
}
