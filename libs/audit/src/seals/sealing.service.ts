import {
  Inject,
  Injectable,
  Logger,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { Database } from '#database';
import { sealEvents } from './seal-events.js';

/** Seconds after which events are sealed. */
export const SEAL_SECONDS = Symbol('SEAL_SECONDS');

/** Seals events from time to time, on one of the replicas. Nobody who writes waits for that. */
@Injectable()
export class SealingService implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(SealingService.name);
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<number> | undefined;

  constructor(
    private readonly database: Database,
    @Inject(SEAL_SECONDS) private readonly seconds: number,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void this.tick(), this.seconds * 1000).unref();
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    this.timer = undefined;
    await this.running?.catch(() => undefined);
  }

  /** @returns how many events were sealed */
  seal(): Promise<number> {
    return sealEvents(this.database, ({ seal_id: sealId, events, digest }) => {
      // Where logs are kept elsewhere, this is what a seal can be held against that was made anew.
      this.logger.log({ msg: 'audit sealed', seal_id: sealId, events, digest });
    });
  }

  private async tick(): Promise<void> {
    if (this.running) return;
    this.running = this.seal();
    try {
      await this.running;
    } catch (error) {
      // A database that is away makes itself felt elsewhere, too; the next tick tries again.
      this.logger.warn({ msg: 'the audit could not be sealed', err: error });
    } finally {
      this.running = undefined;
    }
  }
}
