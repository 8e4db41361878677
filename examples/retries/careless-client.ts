import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';

/** How often each write is sent again, besides the first time. */
const REPEATS = 3;
/** An attempt may be given up this long after it began, in milliseconds: before, while or after the service works on it. */
const LONGEST_PATIENCE_MS = 30;
/** Repetitions of a write may come this much later, in milliseconds: after others that were sent meanwhile. */
const LATEST_MS = 300;

/** What went over the wire. */
export interface Traffic {
  sent: number;
  /** Given up before there was an answer. */
  abandoned: number;
  replayed: number;
}

/**
 * The client that a service has to expect: it loses answers, and sends every write three more times, some at the same
 * moment, some after the next writes. The only thing it does right is to give each write a key.
 */
export class CarelessClient {
  readonly traffic: Traffic = { sent: 0, abandoned: 0, replayed: 0 };
  private readonly late: Promise<void>[] = [];

  constructor(
    private readonly baseUrl: string,
    private readonly random: () => number,
  ) {}

  /**
   * Sends a write until it is answered, and again.
   * @throws when it is refused, or when two answers to it differ
   */
  async write(method: 'POST' | 'PATCH', path: string, body: unknown): Promise<unknown> {
    const key = randomUUID();
    const send = (patience?: number): Promise<string | undefined> =>
      this.send(method, path, body, key, patience);
    const hasty = Math.floor(this.random() * (REPEATS + 1));
    const early = Array.from({ length: hasty }, () => send(this.random() * LONGEST_PATIENCE_MS));
    const answers = [await send(), ...(await Promise.all(early))];
    const [first] = answers;
    const expectSame = (answer: string | undefined): void => {
      if (answer !== undefined && answer !== first) throw new Error(`${path}: two answers differ`);
    };
    answers.forEach(expectSame);
    for (let count = hasty; count < REPEATS; count += 1) {
      this.late.push(
        sleep(this.random() * LATEST_MS)
          .then(() => send())
          .then(expectSame),
      );
    }
    return JSON.parse(first ?? '') as unknown;
  }

  async read(path: string): Promise<unknown> {
    const response = await fetch(this.baseUrl + path);
    return response.json();
  }

  /** Waits for the last repetition. */
  async settle(): Promise<void> {
    await Promise.all(this.late);
  }

  private async send(
    method: string,
    path: string,
    body: unknown,
    key: string,
    patience?: number,
  ): Promise<string | undefined> {
    this.traffic.sent += 1;
    try {
      const response = await fetch(this.baseUrl + path, {
        method,
        headers: { 'content-type': 'application/json', 'idempotency-key': key },
        body: JSON.stringify(body),
        ...(patience !== undefined && { signal: AbortSignal.timeout(Math.ceil(patience)) }),
      });
      const text = await response.text();
      if (response.status !== 200) throw new Error(`${method} ${path}: ${text}`);
      if (response.headers.get('idempotency-replayed') === 'true') this.traffic.replayed += 1;
      return text;
    } catch (error) {
      if ((error as Error).name !== 'TimeoutError') throw error;
      this.traffic.abandoned += 1;
      return undefined;
    }
  }
}
