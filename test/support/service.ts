import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createApp, type AppConfig } from '../../apps/api/src/create-app.js';
import { PinoLogger } from '../../apps/api/src/logger.js';
import { HttpClient } from './http-client.js';
import { createDatabase, type TestDatabase } from './database.js';

/** The whole service, listening, on a database of its own. */
export interface TestService extends AsyncDisposable {
  readonly http: HttpClient;
  readonly database: TestDatabase;
  readonly app: NestFastifyApplication;
  stop(): Promise<void>;
}

/** @param config - what differs from a quick start; `databaseUrl`: by which way the service reaches its database */
export async function startService(
  config: Partial<Omit<AppConfig, 'databaseUrl'>> & {
    databaseUrl?: (direct: string) => string | Promise<string>;
  } = {},
): Promise<TestService> {
  const database = await createDatabase();
  const { databaseUrl = (direct: string) => direct, ...settings } = config;
  const app = await createApp(
    {
      databaseUrl: await databaseUrl(database.url),
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
  const stop = async (): Promise<void> => {
    await app.close();
    await database.drop();
  };
  return {
    http: new HttpClient(await app.getUrl()),
    database,
    app,
    stop,
    [Symbol.asyncDispose]: stop,
  };
}
