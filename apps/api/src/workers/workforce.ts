import type { Logger } from 'pino';
import type { Config } from '#config';
import { StartupError } from '#errors';
import { METRICS_HOLD_MS, remembered, ServiceMetrics } from '#telemetry';
import type { Assignment, PrimaryCalls } from './protocol.js';
import { RequestCounter } from './request-counter.js';
import { Slot } from './slot.js';

/** How much longer than it is given a worker may take to stop. */
const PATIENCE_MS = 10_000;

export type WorkforceConfig = Pick<
  Config,
  'workers' | 'port' | 'shutdownDelayMs' | 'shutdownTimeoutMs'
> & { readonly databaseUrl: string };

interface Listeners {
  /** Is told where they listen, once all of them do. */
  readonly onUp: (url: string) => void;
  /** Is told why they cannot serve. */
  readonly onFailure: (error: StartupError) => void;
}

/** All workers, and what they have in common. */
export class Workforce {
  private readonly metrics = new ServiceMetrics();
  private readonly metricsText = remembered(() => this.collect(), METRICS_HOLD_MS);
  private readonly counter = new RequestCounter();
  private readonly listening = new Set<number>();
  private readonly slots: readonly Slot[];
  private isUp = false;
  /** As the workers ask for it: those that ask for the same share it, any port (0) included. */
  private port: number;
  private url = '';

  constructor(
    private readonly config: WorkforceConfig,
    private readonly log: Logger,
    private readonly listeners: Listeners,
  ) {
    this.port = config.port;
    const options = {
      log,
      callsOf: (worker: number) => this.callsOf(worker),
      onEnd: (worker: number) => {
        this.noteEnd(worker);
      },
      onGiveUp: listeners.onFailure,
    };
    const numbers = Array.from({ length: config.workers }, (_, index) => index + 1);
    this.slots = numbers.map((number) => new Slot(number, options));
  }

  /** Lets all of them finish what is in flight. */
  async stop(): Promise<void> {
    const { shutdownDelayMs, shutdownTimeoutMs } = this.config;
    const limitMs = shutdownDelayMs + shutdownTimeoutMs + PATIENCE_MS;
    await Promise.all(this.slots.map((slot) => slot.stop(limitMs)));
  }

  private callsOf(worker: number): PrimaryCalls {
    return {
      assignment: () => this.assignmentOf(worker),
      listening: (url) => {
        this.noteListening(worker, url);
      },
      closed: () => {
        this.noteClosed(worker);
      },
      failed: (message) => {
        this.listeners.onFailure(new StartupError(message));
      },
      metrics: this.metricsText,
      count: (...request) => this.counter.count(...request),
    };
  }

  private assignmentOf(worker: number): Assignment {
    const { workers, databaseUrl } = this.config;
    return { worker, workers, databaseUrl, port: this.port };
  }

  private noteListening(worker: number, url: string): void {
    this.log.info({ worker }, 'worker listening');
    this.listening.add(worker);
    this.url = url;
    if (this.isUp || this.listening.size < this.config.workers) return;
    this.isUp = true;
    this.listeners.onUp(url);
  }

  private noteClosed(worker: number): void {
    this.listening.delete(worker);
    if (this.listening.size > 0) return;
    for (const slot of this.slots) slot.closeUnclaimed();
  }

  private noteEnd(worker: number): void {
    this.metrics.leave(worker);
    const wasLast = this.listening.delete(worker) && this.listening.size === 0;
    // Nobody listens any more: any port would now be another one.
    if (wasLast && this.port === 0) this.port = Number(new URL(this.url).port);
  }

  private async collect(): Promise<string> {
    const look = async (slot: Slot): Promise<void> => {
      this.metrics.note(slot.number, await slot.samples());
    };
    // One that does not answer counts as it last did.
    await Promise.allSettled(this.slots.map(look));
    return this.metrics.text();
  }
}
