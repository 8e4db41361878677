import { randomUUID } from 'node:crypto';
import autocannon, { type Options, type Request, type Result } from 'autocannon';
import type { Call } from '../support/caller.js';
import { percentile } from './percentile.js';
import type { Outcome, Turn } from './turn.js';

/** How exactly the end is kept. */
const SAMPLE_MS = 50;
const TIMEOUT_SECONDS = 10;

/** Sends requests over all connections at once, on each the next one as soon as the last is answered. */
export async function fire(turn: Turn): Promise<Outcome> {
  const { url, connections, seconds } = turn;
  const times: number[] = [];
  const requests = turn.calls.map((call) => requestOf(call, turn));
  let connection = 0;
  const options: Options = {
    url,
    connections,
    duration: seconds,
    timeout: TIMEOUT_SECONDS,
    sampleInt: SAMPLE_MS,
    setupClient: (client) => {
      client.setRequests(share(requests, connection, connections));
      connection += 1;
    },
  };
  let start = NaN;
  const result = await new Promise<Result>((resolve, reject) => {
    const instance = autocannon(options, (error: Error | null, done) => {
      if (error) reject(error);
      else resolve(done);
    });
    instance.on('start', () => {
      start = performance.now();
    });
    // Its own latencies are whole milliseconds.
    instance.on('response', (_client, _status, _bytes, milliseconds) => {
      times.push(milliseconds);
    });
  });
  const elapsed = (performance.now() - start) / 1000;
  times.sort((a, b) => a - b);
  const failure = failureOf(result);
  return {
    requestsPerSecond: result['2xx'] / elapsed,
    p50: percentile(times, 0.5),
    p99: percentile(times, 0.99),
    ...(failure !== undefined && { failure }),
  };
}

function requestOf({ method, path, body }: Call, turn: Turn): Request {
  const { keyed } = turn;
  const headers = {
    ...turn.headers,
    ...(body !== undefined && { 'content-type': 'application/json' }),
  };
  const request: Request = { method, path, body, headers };
  if (!keyed) return request;
  const withKey = (sent: Request): Request => {
    sent.headers = { ...headers, 'idempotency-key': randomUUID() };
    return sent;
  };
  return { ...request, setupRequest: withKey };
}

/** Every n-th, from this one on; of fewer than there are connections, each gets one that others have, too. */
function share(requests: readonly Request[], connection: number, connections: number): Request[] {
  const first = connection % requests.length;
  // Copies, for the generator writes into them.
  return requests
    .filter((_, index) => index >= first && (index - first) % connections === 0)
    .map((request) => ({ ...request }));
}

type Counted = Pick<Result, '2xx' | 'errors' | 'timeouts' | 'statusCodeStats'>;
function failureOf(result: Counted): string | undefined {
  const lines = Object.entries(result.statusCodeStats ?? {})
    .filter(([status]) => !status.startsWith('2'))
    .map(([status, { count }]) => `${String(count)} answers had status ${status}`);
  // Its errors include its timeouts.
  if (result.errors > 0) {
    lines.push(`${result.errors} requests got no answer: ${result.timeouts} were too late`);
  }
  if (lines.length === 0 && result['2xx'] === 0) lines.push('no answer at all');
  return lines.length > 0 ? lines.join(', ') : undefined;
}
