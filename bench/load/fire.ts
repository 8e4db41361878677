import { randomUUID } from 'node:crypto';
import type { Call } from '../support/caller.js';
import { Connection, type Answer } from '../support/connection.js';
import { requestBytes } from '../support/request-bytes.js';
import { percentile } from './percentile.js';
import type { Outcome, Turn } from './turn.js';

/** Sends requests over all connections at once, on each the next one as soon as the last is answered. */
export async function fire(turn: Turn): Promise<Outcome> {
  const { url, connections, seconds } = turn;
  const counted = new Count();
  const open = Array.from({ length: connections }, (_, index) => {
    const connection = new Connection(url);
    repeat(connection, share(turn, index), counted);
    return connection;
  });
  const start = performance.now();
  await new Promise((resolve) => setTimeout(resolve, 1000 * seconds));
  counted.isOver = true;
  const elapsed = (performance.now() - start) / 1000;
  for (const connection of open) connection.close();
  return counted.outcome(elapsed);
}

/** The answers of a turn. What is under way at its end does not count. */
class Count {
  isOver = false;
  private readonly times: number[] = [];
  private readonly failures = new Map<string, number>();

  take(answer: Answer, milliseconds: number): void {
    if (answer !== 'broken' && answer.status >= 200 && answer.status < 300) {
      this.times.push(milliseconds);
      return;
    }
    const what = answer === 'broken' ? 'were not answered' : `had status ${String(answer.status)}`;
    this.failures.set(what, (this.failures.get(what) ?? 0) + 1);
  }

  outcome(elapsed: number): Outcome {
    const { times, failures } = this;
    times.sort((a, b) => a - b);
    const lines = [...failures].map(([what, count]) => `${String(count)} requests ${what}`);
    if (lines.length === 0 && times.length === 0) lines.push('no answer at all');
    return {
      requestsPerSecond: times.length / elapsed,
      p50: percentile(times, 0.5),
      p99: percentile(times, 0.99),
      ...(lines.length > 0 && { failure: lines.join(', ') }),
    };
  }
}

function repeat(connection: Connection, requests: readonly (() => Buffer)[], counted: Count): void {
  let turn = 0;
  const next = (): void => {
    const request = requests[turn++ % requests.length];
    if (!request) return;
    const start = performance.now();
    connection.send(request(), (answer) => {
      if (counted.isOver) return;
      counted.take(answer, performance.now() - start);
      if (!connection.isClosed) next();
    });
  };
  next();
}

/** Every n-th, from this one on; of fewer than there are connections, each gets one that others have, too. */
function share({ calls, connections, ...turn }: Turn, connection: number): (() => Buffer)[] {
  const first = connection % calls.length;
  return calls
    .filter((_, index) => index >= first && (index - first) % connections === 0)
    .map((call) => made(call, turn));
}

/** Made once, unless it has a key, which is another one each time. */
function made(call: Call, { url, headers, keyed }: Omit<Turn, 'calls' | 'connections'>) {
  if (keyed) {
    return () => requestBytes(call, url, { ...headers, 'idempotency-key': randomUUID() });
  }
  const bytes = requestBytes(call, url, headers);
  return () => bytes;
}
