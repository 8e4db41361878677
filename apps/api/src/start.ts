import type { Config } from '#config';
import { banner } from './banner.js';
import { PinoLogger } from './logger.js';
import { openDatabase } from './open-database.js';
import { serve } from './serve.js';
import type { Shutdown } from './shutdown.js';

/**
 * Starts the service.
 * @param fail - ends it, when it cannot go on
 */
export async function start(
  config: Config,
  shutdown: Shutdown,
  fail: (error: unknown) => void,
): Promise<void> {
  const logger = new PinoLogger(config.logLevel);
  const log = logger.pino;
  shutdown.onSignal(log);
  const database = await openDatabase(config, (message) => {
    log.info(message);
  });
  shutdown.add(() => database.close());
  const withDatabase = { ...config, databaseUrl: database.url };
  const url = await serveAll(withDatabase, logger, shutdown, fail);
  const { workers } = config;
  log.info({ url, database: database.place, ...(workers > 1 && { workers }) }, 'listening');
  tellAccess(config, log);
  // For people; a log that machines read stays structured.
  if (process.stdout.isTTY || config.databaseUrl === undefined) {
    process.stdout.write(banner(url, database.place));
  }
}

/** @returns where the service listens */
async function serveAll(
  config: Config & { readonly databaseUrl: string },
  logger: PinoLogger,
  shutdown: Shutdown,
  fail: (error: unknown) => void,
): Promise<string> {
  if (config.workers === 1) return (await serve(config, logger, shutdown)).url;
  // What a single process does not need it does not load.
  const { startWorkers } = await import('./workers/start-workers.js');
  return startWorkers(config, logger.pino, shutdown, fail);
}

function tellAccess(config: Config, log: PinoLogger['pino']): void {
  if (config.isOpen && config.oidc) {
    log.warn(
      'the service is open on this machine: OIDC_ISSUER has no effect without MODELDB_AUTH=required',
    );
  }
  if (!config.isOpen && config.adminKey === undefined && !config.oidc) {
    log.info(
      'callers need an API key; "modeldb keys create" or MODELDB_ADMIN_KEY makes the first one',
    );
  }
}
