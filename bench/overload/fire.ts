import { percentile } from '../load/percentile.js';
import { Connection, type Answer } from '../support/connection.js';
import { requestBytes } from '../support/request-bytes.js';
import type { Tally, Task } from './task.js';

/** How often requests are sent that are due. */
const TICK_MS = 5;
const OK = 200;
/** Requests that are under way at the end may still be answered, but their answers do not count. */
const EXPECTED = /^(?:200|429|503)$/;

/** Sends requests as a {@link Task} says. */
class Fire {
  private readonly statuses: Record<string, number> = {};
  private readonly times: number[] = [];
  private readonly refusalTimes: number[] = [];
  private readonly requests: readonly Buffer[];
  private readonly connections: Connection[] = [];
  private readonly free: Connection[] = [];
  private next = 0;
  private broken = 0;
  private unsent = 0;
  private isOver = false;

  constructor(private readonly task: Task) {
    this.requests = task.calls.map((call) => requestBytes(call, task.url));
  }

  async run(): Promise<Tally> {
    const { seconds, connections, rate } = this.task;
    const start = performance.now();
    const elapsed = (): number => (performance.now() - start) / 1000;
    let due = 0;
    const timer = setInterval(() => {
      if (rate === undefined) return;
      const now = Math.floor(elapsed() * rate);
      for (; due < now; due += 1) if (!this.sendOne()) this.unsent += 1;
    }, TICK_MS);
    if (rate === undefined) for (let n = 0; n < connections; n += 1) this.sendOne();
    await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
    const took = elapsed();
    this.isOver = true;
    clearInterval(timer);
    for (const connection of this.connections) connection.close();
    return this.tally(took);
  }

  /** @returns whether there was a connection for it */
  private sendOne(): boolean {
    let connection = this.free.pop();
    while (connection?.isClosed) connection = this.free.pop();
    if (!connection) {
      if (this.connections.length >= this.task.connections) return false;
      connection = new Connection(this.task.url);
      this.connections.push(connection);
    }
    this.send(connection);
    return true;
  }

  private send(connection: Connection): void {
    const request = this.requests[this.next++ % this.requests.length];
    if (!request) return;
    const start = performance.now();
    connection.send(request, (answer) => {
      if (this.isOver) return;
      this.count(answer, performance.now() - start);
      if (answer === 'broken') this.connections.splice(this.connections.indexOf(connection), 1);
      if (this.task.rate !== undefined) this.free.push(connection);
      else if (answer === 'broken') this.sendOne();
      else this.send(connection);
    });
  }

  private count(answer: Answer, ms: number): void {
    if (answer === 'broken') {
      this.broken += 1;
      return;
    }
    const { status, body } = answer;
    this.statuses[status] = (this.statuses[status] ?? 0) + 1;
    if (status === OK) this.times.push(ms);
    else if (EXPECTED.test(String(status))) this.refusalTimes.push(ms);
    else if (this.statuses[status] === 1) console.error(`status ${status}: ${body}`);
  }

  private tally(seconds: number): Tally {
    const { statuses, broken, unsent, times, refusalTimes } = this;
    times.sort((a, b) => a - b);
    refusalTimes.sort((a, b) => a - b);
    return {
      seconds,
      statuses,
      broken,
      unsent,
      p50: percentile(times, 0.5),
      p99: percentile(times, 0.99),
      refusalP50: percentile(refusalTimes, 0.5),
    };
  }
}

export function fire(task: Task): Promise<Tally> {
  return new Fire(task).run();
}
