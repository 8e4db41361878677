import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Config } from '#config';
import { startTracing } from '#telemetry';
import { announceStop } from './announce-stop.js';
import { closeApp } from './close-app.js';
import { createApp, type AppConfig } from './create-app.js';
import { listen } from './listen.js';
import type { PinoLogger } from './logger.js';
import type { Shutdown } from './shutdown.js';
import { VERSION } from './version.js';

type ServeConfig = Omit<AppConfig, 'tracer'> &
  Pick<Config, 'host' | 'port' | 'shutdownDelayMs' | 'shutdownTimeoutMs' | 'traceProtocol'>;

/** What listens, and where. */
export interface Served {
  readonly app: NestFastifyApplication;
  readonly url: string;
}

/**
 * Serves requests in this process, on a migrated database.
 * @param onClosed - is told that no new connections are taken, while those that are there are served on
 * @throws StartupError when it cannot listen
 */
export async function serve(
  config: ServeConfig,
  logger: PinoLogger,
  shutdown: Shutdown,
  onClosed?: () => void,
): Promise<Served> {
  const tracing = config.traceProtocol && (await startTracing(config.traceProtocol, VERSION));
  shutdown.add(async () => tracing?.stop());
  const app = await createApp({ ...config, tracer: tracing?.tracer }, logger);
  shutdown.add(() => closeApp(app, config.shutdownTimeoutMs, onClosed));
  const url = await listen(app, config);
  shutdown.add(() => announceStop(app, config.shutdownDelayMs));
  return { app, url };
}
