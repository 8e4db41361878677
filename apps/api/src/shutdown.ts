import { constants } from 'node:os';
import type { Logger } from 'pino';

type Step = () => Promise<void>;

/** One Ctrl-C under npm arrives twice: from the terminal and, handed on, from npm. Only a later one is a second. */
const SAME_SIGNAL_MS = 1000;

/** Undoes the start of the service, last step first, whenever it ends: on a signal, or when the start itself fails. */
export class Shutdown {
  private readonly steps: Step[] = [];
  private starting: Promise<unknown> = Promise.resolve();
  private running: Promise<void> | undefined;

  /** Runs the start. A signal that comes meanwhile ends it after the step it is at. */
  async during(start: Promise<void>): Promise<void> {
    this.starting = start.catch(() => undefined);
    await start;
  }

  /**
   * Adds what undoes the step just taken.
   * @throws when the service is already told to stop: then no further step is taken
   */
  add(step: Step): void {
    this.steps.push(step);
    if (this.running) throw new Error('Stopped while starting');
  }

  /** Whether the service was told to stop. */
  get isRunning(): boolean {
    return this.running !== undefined;
  }

  /** Runs every step once, even when one fails. */
  run(): Promise<void> {
    this.running ??= this.undo();
    return this.running;
  }

  /**
   * On the first SIGINT, SIGTERM or, when the terminal is closed, SIGHUP everything is undone in order; a second one does
   * not wait for that.
   */
  onSignal(logger: Logger): void {
    let first = 0;
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(signal, () => {
        if (this.running) {
          const isSecond = performance.now() - first > SAME_SIGNAL_MS;
          if (isSecond) process.exit(128 + constants.signals[signal]);
          return;
        }
        first = performance.now();
        logger.info({ signal }, 'stopping: requests in flight are finished first');
        this.end(logger);
      });
    }
  }

  /** Undoes everything in order, and ends the process. */
  end(logger: Logger): void {
    this.run().then(
      () => process.exit(0),
      (error: unknown) => {
        logger.error({ err: error }, 'stopped, not cleanly');
        process.exit(1);
      },
    );
  }

  private async undo(): Promise<void> {
    await this.starting;
    const failures: unknown[] = [];
    for (const step of this.steps.reverse()) {
      await step().catch((error: unknown) => failures.push(error));
    }
    if (failures.length > 0) throw new AggregateError(failures, 'Stopping failed');
  }
}
