import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { ApiError, describeProblem, UnavailableError } from './errors.js';

const FIRST_PAUSE_MS = 200;
const LONGEST_PAUSE_MS = 5000;
/** A list of all experiments is streamed and may take its time; a connection that hangs may not. */
const ATTEMPT_TIMEOUT_MS = 60_000;
/** "Not now" rather than "no": overload, a database that restarts, a gateway without a backend. */
const WORTH_RETRYING = new Set([429, 502, 503, 504]);

interface HttpOptions {
  /** Without a slash at its end. */
  readonly baseUrl: string;
  /** How long one request may be retried before the program gives up, in milliseconds. */
  readonly patienceMs: number;
  /** Told once per request that has to wait, and why. */
  readonly onWait: (reason: string) => void;
}

type Outcome =
  | { readonly kind: 'answer'; readonly body: unknown }
  | { readonly kind: 'retry'; readonly reason: string; readonly retryAfterMs: number };

/** JSON over fetch that sits out restarts and overload: training is dear, waiting is not. */
export class RetryingHttp {
  private reached = false;

  constructor(private readonly options: HttpOptions) {}

  /**
   * @throws ApiError when the service refuses the request.
   * @throws UnavailableError when it did not answer within `patienceMs`.
   */
  async send(method: 'GET' | 'POST', path: string, body?: unknown): Promise<unknown> {
    const started = performance.now();
    // One for all attempts: what was carried out and lost its answer is not carried out again.
    const key = randomUUID();
    for (let attempt = 0; ; attempt += 1) {
      const outcome = await this.attempt(method, path, body, key);
      if (outcome.kind === 'answer') return outcome.body;
      if (attempt === 0) this.options.onWait(outcome.reason);
      const pause = Math.max(outcome.retryAfterMs, backoffMs(attempt));
      const waited = performance.now() - started;
      if (waited + pause > this.options.patienceMs) throw this.giveUp(outcome.reason, waited);
      await sleep(pause);
    }
  }

  private async attempt(
    method: string,
    path: string,
    body: unknown,
    key: string,
  ): Promise<Outcome> {
    let response: Response;
    let text: string;
    try {
      response = await fetch(this.options.baseUrl + path, {
        method,
        redirect: 'manual',
        signal: AbortSignal.timeout(ATTEMPT_TIMEOUT_MS),
        ...(body !== undefined && {
          headers: { 'content-type': 'application/json', 'idempotency-key': key },
          body: JSON.stringify(body),
        }),
      });
      text = await response.text();
    } catch (error) {
      return { kind: 'retry', reason: describeFailure(error), retryAfterMs: 0 };
    }
    this.reached = true;
    if (response.ok) return { kind: 'answer', body: parseAnswer(response.status, text) };
    const problem = describeProblem(response.status, text);
    if (!WORTH_RETRYING.has(response.status)) throw new ApiError(response.status, problem);
    const retryAfterMs = readRetryAfter(response.headers.get('retry-after'));
    return { kind: 'retry', reason: problem, retryAfterMs };
  }

  private giveUp(reason: string, waitedMs: number): UnavailableError {
    const { baseUrl } = this.options;
    const waited = `gave up after ${Math.round(waitedMs / 1000)} s, ${reason}`;
    const advice = this.reached
      ? `Model DB at ${baseUrl} is not available`
      : `Nothing answers at ${baseUrl}: start it with \`npm start\`, or say where it is with --url`;
    return new UnavailableError(`${advice} (${waited})`);
  }
}

/** Doubles per attempt; the random half keeps many waiting pipelines from coming back at once. */
function backoffMs(attempt: number): number {
  const pause = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** attempt);
  return pause * (0.5 + Math.random() / 2);
}

/** The header holds seconds or a date; 0 when it is absent or neither. */
export function readRetryAfter(header: string | null, now = Date.now()): number {
  if (header === null) return 0;
  if (/^\d+$/.test(header.trim())) return Number(header) * 1000;
  const date = Date.parse(header);
  return Number.isNaN(date) ? 0 : Math.max(0, date - now);
}

/** `fetch failed` says nothing; its cause says ECONNREFUSED. */
function describeFailure(failure: unknown): string {
  const { message, cause } = failure as {
    message?: string;
    cause?: { code?: string; message?: string };
  };
  return cause?.code ?? cause?.message ?? message ?? String(failure);
}

function parseAnswer(status: number, text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new ApiError(status, 'the answer is not JSON; is this really a Model DB?');
  }
}
