import { createBirpc } from 'birpc';
import type { Config } from '#config';
import { StartupError } from '#errors';
import { MetricsService } from '#health';
import { PinoLogger } from '../logger.js';
import { serve, type Served } from '../serve.js';
import type { Shutdown } from '../shutdown.js';
import { assignedConfig } from './assigned-config.js';
import type { PrimaryCalls, WorkerCalls } from './protocol.js';

/** Serves requests as one of the workers of a service. It ends with its primary: `node:cluster` sees to that. */
export async function work(config: Config, shutdown: Shutdown): Promise<void> {
  let served: Served | undefined;
  let stop = (): void => process.exit(0);
  const calls: WorkerCalls = {
    stop: () => {
      stop();
    },
    samples: async () => (await served?.app.get(MetricsService).samples()) ?? [],
  };
  const primary = createBirpc<PrimaryCalls, WorkerCalls>(calls, {
    post: (message) => process.send?.(message),
    on: (listener) => process.on('message', listener),
  });
  const assignment = await primary.assignment();
  const logger = new PinoLogger(config.logLevel, assignment.worker);
  stop = () => {
    shutdown.end(logger.pino);
  };
  shutdown.onSignal(logger.pino);
  const settings = {
    ...assignedConfig(config, assignment),
    metricsOfService: () => primary.metrics(),
    sharedCounts: primary.count,
  };
  const serving = async (): Promise<void> => {
    served = await serve(settings, logger, shutdown, () => void primary.closed());
    await primary.listening(served.url);
  };
  try {
    await shutdown.during(serving());
  } catch (error) {
    if (!(error instanceof StartupError)) throw error;
    // The primary says it, once for all workers, and stops this one.
    await primary.failed(error.message);
  }
}
