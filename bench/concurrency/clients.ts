import { Caller, type Call } from '../support/caller.js';

/** What the clients have got so far, by HTTP status. */
export type Answers = Map<number, number>;

/** Clients that search without a pause, each over a connection of its own, each starting with another question. */
export class Clients {
  readonly answers: Answers = new Map();
  private stopping = false;
  private readonly running: Promise<void>[];

  constructor(url: string, count: number, calls: readonly Call[]) {
    this.running = Array.from({ length: count }, (_, number) => this.search(url, calls, number));
  }

  /** Waits for the answers that are on their way. */
  async stop(): Promise<void> {
    this.stopping = true;
    await Promise.all(this.running);
  }

  private async search(url: string, calls: readonly Call[], start: number): Promise<void> {
    const caller = new Caller(url);
    for (let turn = start; !this.stopping; turn += 1) {
      const call = calls[turn % calls.length];
      if (!call) return;
      const { status } = await caller.send(call);
      this.answers.set(status, (this.answers.get(status) ?? 0) + 1);
    }
    caller.close();
  }
}
