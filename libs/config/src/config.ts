import { z } from 'zod';
import { oidcShape, type OidcConfig } from './oidc.js';
import { origins } from './origins.js';
import { postgresUrl, replicaUrls } from './postgres-url.js';
import { networks } from './networks.js';
import { secretFilesShape } from './secret-files.js';
import { tracingShape, type TraceProtocol } from './tracing.js';
import { workers } from './workers.js';

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

const POOL_MODES = ['session', 'transaction'] as const;

const AUTH_MODES = ['auto', 'required', 'off'] as const;

/** Long enough that nobody guesses it. */
const MIN_ADMIN_KEY = 32;
const adminKey = z
  .string()
  .regex(
    new RegExp(`^[\\x21-\\x7e]{${String(MIN_ADMIN_KEY)},1024}$`),
    `must have ${String(MIN_ADMIN_KEY)} to 1024 printable ASCII characters, and no space`,
  );

function wholeNumber(from: number, to: number, fallback: number): z.ZodType<number> {
  const message = `must be a whole number from ${String(from)} to ${String(to)}`;
  return z
    .string()
    .regex(/^\d{1,15}$/, message)
    .transform(Number)
    .refine((value) => value >= from && value <= to, message)
    .default(fallback);
}

function yesOrNo(fallback: boolean): z.ZodType<boolean> {
  return z
    .enum(['true', 'false'], { message: 'must be true or false' })
    .transform((value) => value === 'true')
    .default(fallback);
}

/** Every setting of the service: the environment variable, what it may be, and what it is when absent. */
export const environmentSchema = z.object({
  MODELDB_AUTH: z
    .enum(AUTH_MODES, { message: `must be one of ${AUTH_MODES.join(', ')}` })
    .default('auto'),
  MODELDB_ADMIN_KEY: adminKey.optional(),
  ...secretFilesShape,
  ...oidcShape,
  ...tracingShape,
  HOST: z.string().regex(/^\S+$/, 'must be a host name or an IP address').default('127.0.0.1'),
  PORT: wholeNumber(0, 65_535, 8000),
  LOG_LEVEL: z
    .enum(LOG_LEVELS, { message: `must be one of ${LOG_LEVELS.join(', ')}` })
    .default('info'),
  MODELDB_WORKERS: workers,
  DATABASE_URL: postgresUrl.optional(),
  DATABASE_REPLICA_URLS: replicaUrls.optional(),
  DATABASE_REPLICA_MAX_LAG_MS: wholeNumber(1000, 3_600_000, 5000),
  MODELDB_DATA_DIR: z.string().default('.modeldb'),
  DATABASE_POOL_SIZE: wholeNumber(1, 1000, 10),
  DATABASE_POOL_WAIT_MS: wholeNumber(1, 600_000, 10_000),
  DATABASE_QUEUE_SIZE: wholeNumber(0, 1_000_000, 1000),
  DATABASE_POOL_MODE: z
    .enum(POOL_MODES, { message: `must be one of ${POOL_MODES.join(', ')}` })
    .default('session'),
  DATABASE_PREPARED_STATEMENTS: yesOrNo(true),
  DATABASE_STATEMENT_TIMEOUT_MS: wholeNumber(1, 3_600_000, 60_000),
  SEARCH_POOL_SIZE: wholeNumber(1, 1000, 4),
  SEARCH_TIMEOUT_MS: wholeNumber(1, 3_600_000, 10_000),
  IDEMPOTENCY_KEEP_HOURS: wholeNumber(1, 8760, 24),
  AUDIT_SEAL_SECONDS: wholeNumber(1, 86_400, 60),
  QUOTA_EXPERIMENTS_PER_PROJECT: wholeNumber(0, 1_000_000_000, 0),
  QUOTA_POINTS_PER_PROJECT: wholeNumber(0, 100_000_000_000, 0),
  MAX_BODY_BYTES: wholeNumber(1024, 1_073_741_824, 8_388_608),
  REQUEST_TIMEOUT_MS: wholeNumber(1000, 3_600_000, 60_000),
  MAX_WAITING_REQUESTS: wholeNumber(0, 1_000_000, 128),
  MAX_EVENT_LOOP_DELAY_MS: wholeNumber(0, 600_000, 1000),
  CORS_ORIGINS: origins.optional(),
  RATE_LIMIT_PER_MINUTE: wholeNumber(0, 1_000_000, 0),
  RATE_LIMIT_FAILED_AUTH_PER_MINUTE: wholeNumber(0, 1_000_000, 30),
  TRUSTED_PROXIES: networks.optional(),
  LOG_REQUESTS: yesOrNo(false),
  SLOW_STATEMENT_MS: wholeNumber(0, 3_600_000, 1000),
  METRICS_OPEN: yesOrNo(false),
  SHUTDOWN_DELAY_MS: wholeNumber(0, 3_600_000, 0),
  SHUTDOWN_TIMEOUT_MS: wholeNumber(0, 3_600_000, 25_000),
  MODELDB_COMMIT: z
    .string()
    .regex(/^[0-9a-f]{7,64}$/, 'must be the hash of a commit')
    .optional(),
});

/** The settings by the names of their variables, each valid for itself. */
export type Environment = z.infer<typeof environmentSchema>;

/** The validated settings, by the names the code uses. */
export interface Config {
  /** Everybody on this machine may do everything; the service listens to no other. */
  readonly isOpen: boolean;
  /** What the first administrator says. */
  readonly adminKey: string | undefined;
  /** Absent: tokens are not taken. */
  readonly oidc: OidcConfig | undefined;
  readonly host: string;
  readonly port: number;
  readonly logLevel: (typeof LOG_LEVELS)[number];
  /** How many processes serve; 1: the one that was started, by itself. */
  readonly workers: number;
  /** Absent: the embedded PostgreSQL is used. */
  readonly databaseUrl: string | undefined;
  /** Standbys that answer reads which may be a little old. */
  readonly replicaUrls: readonly string[];
  /** By how much they may lag, in milliseconds; one that lags by more is left out. */
  readonly replicaMaxLagMs: number;
  /** Where the embedded PostgreSQL keeps its data; relative to the working directory. */
  readonly dataDir: string;
  /** Connections of the service, for all its workers together. */
  readonly poolSize: number;
  /** How long a request waits for a free connection before it is answered 503, in milliseconds. */
  readonly poolWaitMs: number;
  /** How many requests may wait for a free connection; one more is answered 503 at once. */
  readonly queueSize: number;
  /** `transaction`: what is between here and PostgreSQL may give each transaction another connection. */
  readonly poolMode: (typeof POOL_MODES)[number];
  /** Whether statements are prepared by name, once for each connection. */
  readonly preparesStatements: boolean;
  readonly statementTimeoutMs: number;
  /** Connections for searches, besides those of the pool. */
  readonly searchPoolSize: number;
  readonly searchTimeoutMs: number;
  /** How long the answers to requests with an `Idempotency-Key` are remembered, in hours. */
  readonly idempotencyKeepHours: number;
  /** How often the events of the audit are sealed, in seconds. */
  readonly auditSealSeconds: number;
  /** How much a project may have; 0: any amount. */
  readonly quotas: { readonly experiments: number; readonly points: number };
  readonly maxBodyBytes: number;
  /** How long a request may take to arrive, its body included, in milliseconds. */
  readonly requestTimeoutMs: number;
  /** How many may wait for a free connection, but for a burst, before more requests are refused unread; 0: as many as the queue has room for. */
  readonly maxWaitingRequests: number;
  /** How late the process may get to what it has to do before requests are refused, in milliseconds; 0: as late as it likes. */
  readonly maxEventLoopDelayMs: number;
  /** Whose pages may call the service from a browser; none: no page of another origin. */
  readonly corsOrigins: readonly string[];
  /** How many requests a caller may send in a minute to this service; 0: as many as it likes. */
  readonly rateLimitPerMinute: number;
  /** How many requests with wrong credentials may come from an address in a minute; 0: as many as like. */
  readonly failedAuthPerMinute: number;
  /** Addresses and networks of proxies that say in `X-Forwarded-For` where a request comes from. */
  readonly trustedProxies: readonly string[];
  /** Whether there is a line in the log for each request. */
  readonly logsRequests: boolean;
  /** From how long on a statement is told of in the log, in milliseconds; 0: never. */
  readonly slowStatementMs: number;
  /** How traces are sent; absent: none are made. */
  readonly traceProtocol: TraceProtocol | undefined;
  /** Whether everybody may read the metrics; otherwise, viewers of anything. */
  readonly areMetricsOpen: boolean;
  /** How long the service says that it is not ready any more before it takes no new connections, in milliseconds. */
  readonly shutdownDelayMs: number;
  /** How long requests in flight may take to finish once the service was told to stop, in milliseconds. */
  readonly shutdownTimeoutMs: number;
  /** What the service was built from, where the build has said so. */
  readonly commit: string | undefined;
}
