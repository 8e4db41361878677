import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createApp, type AppConfig } from '../../apps/api/src/create-app.js';
import { PinoLogger } from '../../apps/api/src/logger.js';
import { HttpClient } from './http-client.js';
import { createDatabase, type TestDatabase } from './database.js';
import { APPS, SESSION, wayTo } from './mode.js';

/** The whole service, listening, on a database of its own. It may be several apps: see `apps`. */
export interface TestService extends AsyncDisposable {
  readonly http: HttpClient;
  readonly database: TestDatabase;
  /** The first of {@link apps}. */
  readonly app: NestFastifyApplication;
  /** Requests go to each in turn. */
  readonly apps: readonly NestFastifyApplication[];
  stop(): Promise<void>;
}

/**
 * @param config - what differs from a quick start; `databaseUrl`: by which way the service reaches its database
 * @param count - how many apps it is
 */
export async function startService(
  config: Partial<Omit<AppConfig, 'databaseUrl'>> & {
    databaseUrl?: (direct: string) => string | Promise<string>;
  } = {},
  count = APPS,
): Promise<TestService> {
  const database = await createDatabase();
  const { databaseUrl = (direct: string) => direct, ...settings } = config;
  const url = await databaseUrl(wayTo(database.url));
  const start = async (): Promise<NestFastifyApplication> => {
    const app = await createApp(
      {
        databaseUrl: url,
        ...SESSION,
        replicaUrls: [],
        replicaMaxLagMs: 5000,
        poolSize: 10,
        poolWaitMs: 10_000,
        queueSize: 1000,
        statementTimeoutMs: 30_000,
        searchPoolSize: 4,
        searchTimeoutMs: 30_000,
        idempotencyKeepHours: 24,
        auditSealSeconds: 3600,
        quotas: { experiments: 0, points: 0 },
        maxBodyBytes: 8_388_608,
        requestTimeoutMs: 60_000,
        maxWaitingRequests: 0,
        maxEventLoopDelayMs: 0,
        corsOrigins: [],
        rateLimitPerMinute: 0,
        failedAuthPerMinute: 1000,
        trustedProxies: [],
        isOpen: true,
        logsRequests: false,
        slowStatementMs: 1000,
        areMetricsOpen: false,
        commit: undefined,
        ...settings,
      },
      new PinoLogger('silent'),
    );
    await app.listen(0, '127.0.0.1');
    return app;
  };
  const app = await start();
  const others = await Promise.all(Array.from({ length: count - 1 }, start));
  const apps = [app, ...others];
  const stop = async (): Promise<void> => {
    await Promise.all(apps.map((one) => one.close()));
    await database.drop();
  };
  return {
    http: new HttpClient(await Promise.all(apps.map((one) => one.getUrl()))),
    database,
    app,
    apps,
    stop,
    [Symbol.asyncDispose]: stop,
  };
}
