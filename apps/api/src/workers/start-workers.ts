import cluster from 'node:cluster';
import type { Logger } from 'pino';
import type { Shutdown } from '../shutdown.js';
import { Workforce, type WorkforceConfig } from './workforce.js';

/**
 * Starts the workers, which serve; this process looks after them, and hands them connections.
 * @param fail - ends the service, when it cannot go on
 * @returns where they listen, once all of them do
 * @throws StartupError when they cannot listen there
 */
export function startWorkers(
  config: WorkforceConfig,
  log: Logger,
  shutdown: Shutdown,
  fail: (error: unknown) => void,
): Promise<string> {
  // Each is given the next connection in turn; left to the system, one of them may get most.
  cluster.schedulingPolicy = cluster.SCHED_RR;
  // Metrics have numbers that are none, which JSON does not know.
  cluster.setupPrimary({ serialization: 'advanced' });
  return new Promise((resolve, reject) => {
    let isUp = false;
    const workforce = new Workforce(config, log, {
      onUp: (url) => {
        isUp = true;
        resolve(url);
      },
      onFailure: (error) => {
        if (isUp) fail(error);
        else reject(error);
      },
    });
    shutdown.add(() => workforce.stop());
  });
}
