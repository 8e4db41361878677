import {
  Logger,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';

/** Work on the database that is done again and again while the service runs, never twice at a time. */
export abstract class RepeatedWork implements OnApplicationBootstrap, BeforeApplicationShutdown {
  protected readonly logger = new Logger(this.constructor.name);
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<unknown> | undefined;

  /** @param failure - what the log says when it fails */
  protected constructor(
    private readonly everyMs: number,
    private readonly failure: string,
  ) {}

  protected abstract work(): Promise<unknown>;

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void this.tick(), this.everyMs).unref();
  }

  /** Connections are there until what is under way has ended. */
  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    this.timer = undefined;
    await this.running?.catch(() => undefined);
  }

  private async tick(): Promise<void> {
    if (this.running) return;
    this.running = this.work();
    try {
      await this.running;
    } catch (error) {
      // A database that is away makes itself felt elsewhere, too; the next tick tries again.
      this.logger.warn({ msg: this.failure, err: error });
    } finally {
      this.running = undefined;
    }
  }
}
