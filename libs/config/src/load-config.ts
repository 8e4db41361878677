import { StartupError } from '#errors';
import { accessOf } from './access.js';
import { environmentSchema, type Config, type Environment } from './config.js';
import { oidcOf } from './oidc.js';
import { fileOf, SECRETS, withSecrets } from './secret-files.js';
import { traceProtocolOf } from './tracing.js';
import { workersOf } from './workers.js';

/**
 * Reads the settings from the environment. An empty variable counts as absent.
 * @throws StartupError that lists every problem, one per line.
 */
export function loadConfig(environment: NodeJS.ProcessEnv = process.env): Config {
  const present = Object.entries(environment).filter(([, value]) => value !== '');
  const { variables, problems } = withSecrets(Object.fromEntries(present));
  const result = environmentSchema.safeParse(variables);
  if (!result.success) {
    const wrong = result.error.issues.map(({ path: [name], message }) =>
      wrongSetting(String(name), message, environment),
    );
    throw wrongConfiguration([...problems, ...wrong]);
  }
  return configOf(result.data, problems);
}

function wrongSetting(name: string, message: string, environment: NodeJS.ProcessEnv): string {
  if (environment[fileOf(name)]) return `${fileOf(name)} has a content that ${message}`;
  if (SECRETS.some((secret) => secret === name)) return `${name} ${message}`;
  return `${name} ${message} (it is "${environment[name] ?? ''}")`;
}

/**
 * @param found - what is wrong already
 * @throws StartupError when anything is
 */
function configOf(settings: Environment, found: readonly string[]): Config {
  const problems = [...found];
  const tell = (name: keyof Environment, message: string): void => {
    problems.push(`${name} ${message}`);
  };
  const access = accessOf(settings, tell);
  const oidc = oidcOf(settings, tell);
  if (settings.DATABASE_REPLICA_URLS && settings.DATABASE_URL === undefined) {
    tell('DATABASE_REPLICA_URLS', 'needs DATABASE_URL: the embedded PostgreSQL has no replicas');
  }
  const workers = workersOf(settings, tell);
  if (problems.length > 0) throw wrongConfiguration(problems);
  return {
    ...access,
    adminKey: settings.MODELDB_ADMIN_KEY,
    oidc,
    host: settings.HOST,
    port: settings.PORT,
    logLevel: settings.LOG_LEVEL,
    workers,
    databaseUrl: settings.DATABASE_URL,
    replicaUrls: settings.DATABASE_REPLICA_URLS ?? [],
    replicaMaxLagMs: settings.DATABASE_REPLICA_MAX_LAG_MS,
    dataDir: settings.MODELDB_DATA_DIR,
    poolSize: settings.DATABASE_POOL_SIZE,
    poolWaitMs: settings.DATABASE_POOL_WAIT_MS,
    queueSize: settings.DATABASE_QUEUE_SIZE,
    poolMode: settings.DATABASE_POOL_MODE,
    preparesStatements: settings.DATABASE_PREPARED_STATEMENTS,
    statementTimeoutMs: settings.DATABASE_STATEMENT_TIMEOUT_MS,
    searchPoolSize: settings.SEARCH_POOL_SIZE,
    searchTimeoutMs: settings.SEARCH_TIMEOUT_MS,
    idempotencyKeepHours: settings.IDEMPOTENCY_KEEP_HOURS,
    auditSealSeconds: settings.AUDIT_SEAL_SECONDS,
    quotas: {
      experiments: settings.QUOTA_EXPERIMENTS_PER_PROJECT,
      points: settings.QUOTA_POINTS_PER_PROJECT,
    },
    maxBodyBytes: settings.MAX_BODY_BYTES,
    requestTimeoutMs: settings.REQUEST_TIMEOUT_MS,
    maxWaitingRequests: settings.MAX_WAITING_REQUESTS,
    maxEventLoopDelayMs: settings.MAX_EVENT_LOOP_DELAY_MS,
    rateLimitPerMinute: settings.RATE_LIMIT_PER_MINUTE,
    failedAuthPerMinute: settings.RATE_LIMIT_FAILED_AUTH_PER_MINUTE,
    trustedProxies: settings.TRUSTED_PROXIES ?? [],
    logsRequests: settings.LOG_REQUESTS && tellsInfo(settings.LOG_LEVEL),
    slowStatementMs: settings.SLOW_STATEMENT_MS,
    traceProtocol: traceProtocolOf(settings),
    areMetricsOpen: settings.METRICS_OPEN,
    shutdownDelayMs: settings.SHUTDOWN_DELAY_MS,
    shutdownTimeoutMs: settings.SHUTDOWN_TIMEOUT_MS,
    commit: settings.MODELDB_COMMIT,
  };
}

/** Otherwise the lines would be made for nobody. */
function tellsInfo(level: Environment['LOG_LEVEL']): boolean {
  return level === 'info' || level === 'debug' || level === 'trace';
}

function wrongConfiguration(problems: readonly string[]): StartupError {
  const lines = problems.map((problem) => `  - ${problem}`);
  return new StartupError(`The configuration is wrong:\n${lines.join('\n')}`);
}
