import { EventEmitter, once } from 'node:events';
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Answer, HttpClient } from './http-client.js';

/** How long a writer waits before it sends a write again, in milliseconds; it does not wait for anything else. */
const PAUSE_MS = 20;

/** What became of all writes. */
export interface Tally {
  /** Writes that were answered 200. */
  readonly acknowledged: number;
  /** Of these, those that are there. */
  readonly found: number;
  /** Writes that are there more than once, or were answered with different experiments. */
  readonly doubled: number;
  /** Writes that are there without their event, and events that are there without their write. */
  readonly untold: number;
  /** Answers that no write may get. */
  readonly wrong: readonly string[];
}

/**
 * Clients that record experiments, one after the other, each with a key, and send each one again until it is answered.
 * A write may fail in two ways only: there is no connection, or the answer is a 503 that says when to try again.
 */
export class Writers {
  private readonly acknowledged = new Map<string, Set<string>>();
  private readonly wrong: string[] = [];
  private readonly progress = new EventEmitter();
  private readonly work: Promise<unknown>;
  private isStopping = false;
  private lastAcknowledged = performance.now();
  /** Answers that were a 503. */
  refused = 0;
  /** Requests that were not answered. */
  unanswered = 0;
  /** The longest time between two acknowledged writes. */
  longestPauseMs = 0;

  /** @param http - where the service is now: it may be another place after a restart */
  constructor(
    private readonly http: () => HttpClient,
    private readonly modelId: string,
    count: number,
  ) {
    this.work = Promise.all(Array.from({ length: count }, () => this.write()));
  }

  /** Waits until so many more writes are acknowledged. */
  async untilMore(writes: number): Promise<void> {
    const enough = this.acknowledged.size + writes;
    while (this.acknowledged.size < enough) await once(this.progress, 'acknowledged');
  }

  /** Waits until so many more writes were refused by a 503. */
  async untilRefused(answers: number): Promise<void> {
    const enough = this.refused + answers;
    while (this.refused < enough) await once(this.progress, 'refused');
  }

  /** Lets every writer finish what it has begun, then sends some of the acknowledged writes again, and counts. */
  async finish(): Promise<Tally> {
    this.isStopping = true;
    await this.work;
    const keys = [...this.acknowledged.keys()];
    for (const key of keys.slice(-20)) this.take(key, await this.send(key));
    const list = await this.http().get(`/experiments/model-id/${this.modelId}`);
    const found = (list.body as { experiment_id: string; model_version_id: string }[]).map(
      ({ experiment_id: id, model_version_id: key }) => ({ id, key }),
    );
    const times = new Map<string, number>();
    for (const { key } of found) times.set(key, (times.get(key) ?? 0) + 1);
    const ids = new Set(found.map(({ id }) => id));
    const answers = [...this.acknowledged.values()];
    const events = await this.http().get('/audit/events?action=experiment.create');
    const told = (events.body as { entity_id: string }[]).map(({ entity_id: id }) => id);
    return {
      acknowledged: keys.length,
      found: answers.filter((answered) => [...answered].every((id) => ids.has(id))).length,
      doubled:
        [...times.values()].filter((count) => count > 1).length +
        answers.filter(({ size }) => size > 1).length,
      untold:
        told.filter((id) => !ids.has(id)).length +
        [...ids].filter((id) => !told.includes(id)).length +
        told.length -
        new Set(told).size,
      wrong: this.wrong,
    };
  }

  private async write(): Promise<void> {
    while (!this.isStopping) {
      const key = randomUUID();
      while (!this.acknowledged.has(key)) {
        const answer = await this.send(key).catch(() => undefined);
        if (answer?.status === 200) this.take(key, answer);
        else {
          if (answer) this.judge(answer);
          else this.unanswered += 1;
          await pause(PAUSE_MS);
        }
      }
    }
  }

  private send(key: string): Promise<Answer> {
    const body = { model_id: this.modelId, model_version_id: key, evaluations: { loss: 1 } };
    return this.http().post('/experiments', body, { headers: { 'idempotency-key': key } });
  }

  private take(key: string, { status, body, text }: Answer): void {
    if (status !== 200) this.wrong.push(text);
    const ids = this.acknowledged.get(key) ?? new Set<string>();
    this.acknowledged.set(key, ids.add(body.experiment_id as string));
    const now = performance.now();
    this.longestPauseMs = Math.max(this.longestPauseMs, now - this.lastAcknowledged);
    this.lastAcknowledged = now;
    this.progress.emit('acknowledged');
  }

  private judge({ status, headers, text }: Answer): void {
    if (status !== 503 || !(Number(headers.get('retry-after')) > 0)) this.wrong.push(text);
    this.refused += 1;
    this.progress.emit('refused');
  }
}
