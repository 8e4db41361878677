import type { ServerOptions } from 'node:http';

/** How long a client may take to send the request line and the headers. */
const HEADERS_TIMEOUT_MS = 10_000;
/** How late a request that takes too long may be noticed. */
const CHECK_MS = 1000;
/** Longer than the 60 s after which most load balancers close: a server that closes first loses requests on their way. */
const KEEP_ALIVE_MS = 72_000;

/** How long the web server waits for what. */
export interface TimeLimits {
  readonly requestTimeout: number;
  readonly keepAliveTimeout: number;
  readonly http: ServerOptions;
}

/**
 * Limits for clients that send slowly, or nothing. There is none for those that read slowly: a list may take its time.
 * @param requestTimeoutMs - how long a request may take to arrive as a whole, its body included
 */
export function timeLimits(requestTimeoutMs: number): TimeLimits {
  const headersTimeout = Math.min(HEADERS_TIMEOUT_MS, requestTimeoutMs);
  return {
    requestTimeout: requestTimeoutMs,
    keepAliveTimeout: KEEP_ALIVE_MS,
    http: {
      headersTimeout,
      requestTimeout: requestTimeoutMs,
      connectionsCheckingInterval: Math.min(CHECK_MS, headersTimeout),
    },
  };
}
