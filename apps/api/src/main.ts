import { setFlagsFromString } from 'node:v8';
import { loadConfig, type Config } from '#config';
import { StartupError } from '#errors';
import { startTracing } from '#telemetry';
import { announceStop } from './announce-stop.js';
import { banner } from './banner.js';
import { closeApp } from './close-app.js';
import { createApp } from './create-app.js';
import { listen } from './listen.js';
import { PinoLogger } from './logger.js';
import { openDatabase } from './open-database.js';
import { Shutdown } from './shutdown.js';
import { VERSION } from './version.js';

async function start(config: Config, shutdown: Shutdown): Promise<void> {
  const logger = new PinoLogger(config.logLevel);
  const log = logger.pino;
  shutdown.onSignal(log);
  const tracing = config.traceProtocol && (await startTracing(config.traceProtocol, VERSION));
  shutdown.add(async () => tracing?.stop());
  const database = await openDatabase(config, (message) => {
    log.info(message);
  });
  shutdown.add(() => database.close());
  const app = await createApp(
    { ...config, databaseUrl: database.url, tracer: tracing?.tracer },
    logger,
  );
  shutdown.add(() => closeApp(app, config.shutdownTimeoutMs));
  const url = await listen(app, config);
  shutdown.add(() => announceStop(app, config.shutdownDelayMs));
  log.info({ url, database: database.place }, 'listening');
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
  // For people; a log that machines read stays structured.
  if (process.stdout.isTTY || config.databaseUrl === undefined) {
    process.stdout.write(banner(url, database.place));
  }
}

// On a machine with much memory V8 lets what a stream leaves behind grow to several times of what is in use before it
// collects it. This way it is a third more at most, whatever the machine has.
setFlagsFromString('--heap-growing-percent=30');

const shutdown = new Shutdown();
try {
  await shutdown.during(start(loadConfig(), shutdown));
} catch (error) {
  if (!shutdown.isRunning) {
    await shutdown.run();
    // What an operator can mend is said in a line; anything else is ours to mend and shows where it happened.
    console.error(error instanceof StartupError ? error.message : error);
    process.exit(1);
  }
}
