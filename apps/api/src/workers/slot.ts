import cluster, { type Worker } from 'node:cluster';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { createBirpc, type BirpcReturn } from 'birpc';
import type { Logger } from 'pino';
import { StartupError } from '#errors';
import type { Samples } from '#telemetry';
import type { PrimaryCalls, WorkerCalls } from './protocol.js';
import { noteHanded } from './unclaimed.js';

/** A worker that ends sooner than this after its start has not worked at all. */
const QUICK_MS = 10_000;
/** After so many of those in a row there is no hope. */
const QUICK_ENDS = 5;
const PAUSE_MS = 100;
/** A worker that computes for longer is left out of a scrape. */
const ANSWER_MS = 2000;

/** What the workers have in common. */
export interface SlotOptions {
  /** What a worker of that number may ask for. */
  readonly callsOf: (worker: number) => PrimaryCalls;
  readonly log: Logger;
  /** Is told that the worker has ended, for whatever reason. */
  readonly onEnd: (worker: number) => void;
  /** Is told that it makes no sense to start it again. */
  readonly onGiveUp: (error: StartupError) => void;
}

/** The place of one worker: when it ends, another takes it. */
export class Slot {
  private worker: Worker | undefined;
  private calls: BirpcReturn<WorkerCalls, PrimaryCalls> | undefined;
  private quickEnds = 0;
  /** To be called when no worker takes connections any more: those that were on their way to one are closed. */
  closeUnclaimed = (): void => undefined;
  private readonly stopping = new AbortController();

  constructor(
    /** From 1 on. */
    readonly number: number,
    private readonly options: SlotOptions,
  ) {
    this.launch();
  }

  /** @throws Error when it does not answer in time */
  async samples(): Promise<Samples> {
    if (!this.calls) throw new Error('The worker has ended.');
    return this.calls.samples();
  }

  /** Lets it finish what is in flight. @param limitMs - how long that may take */
  async stop(limitMs: number): Promise<void> {
    this.stopping.abort();
    const { worker } = this;
    if (!worker) return;
    const ended = once(worker, 'exit');
    void this.calls?.stop.asEvent();
    const limit = setTimeout(() => worker.process.kill('SIGKILL'), limitMs);
    await ended;
    clearTimeout(limit);
  }

  private launch(): void {
    const { number, options } = this;
    const worker = cluster.fork();
    const start = performance.now();
    // Whatever cannot be sent to it any more: that it ends is told below.
    worker.on('error', () => undefined);
    this.closeUnclaimed = noteHanded(worker.process);
    worker.process.once('exit', this.closeUnclaimed);
    const calls = createBirpc<WorkerCalls, PrimaryCalls>(options.callsOf(number), {
      post: (message) => worker.isConnected() && worker.send(message as object),
      on: (listener) => worker.on('message', listener),
      timeout: ANSWER_MS,
    });
    this.worker = worker;
    this.calls = calls;
    options.log.info({ worker: number, worker_pid: worker.process.pid }, 'worker started');
    worker.once('exit', (code: number | null, signal: string | null) => {
      this.worker = undefined;
      this.calls = undefined;
      calls.$close();
      options.onEnd(number);
      if (!this.stopping.signal.aborted) {
        void this.replace(performance.now() - start, signal ?? `exit code ${String(code)}`);
      }
    });
  }

  private async replace(livedMs: number, reason: string): Promise<void> {
    const { number, options, stopping } = this;
    this.quickEnds = livedMs < QUICK_MS ? this.quickEnds + 1 : 0;
    options.log.error({ worker: number, reason }, 'a worker has ended: another takes its place');
    if (this.quickEnds === QUICK_ENDS) {
      const message = `Worker ${String(number)} has ended ${String(QUICK_ENDS)} times in a row soon after its start, with ${reason}: see the log.`;
      options.onGiveUp(new StartupError(message));
      return;
    }
    const pause = PAUSE_MS * 2 ** this.quickEnds;
    await delay(pause, undefined, { signal: stopping.signal }).then(
      () => {
        this.launch();
      },
      () => undefined,
    );
  }
}
