import { Inject, Injectable } from '@nestjs/common';
import { Database, RepeatedWork } from '#database';
import { sealEvents } from './seal-events.js';

/** Seconds after which events are sealed. */
export const SEAL_SECONDS = Symbol('SEAL_SECONDS');

/** Seals events from time to time, on one of the replicas. Nobody who writes waits for that. */
@Injectable()
export class SealingService extends RepeatedWork {
  constructor(
    private readonly database: Database,
    @Inject(SEAL_SECONDS) seconds: number,
  ) {
    super(seconds * 1000, 'the audit could not be sealed');
  }

  /** @returns how many events were sealed */
  work(): Promise<number> {
    return sealEvents(this.database, ({ seal_id: sealId, events, digest }) => {
      // Where logs are kept elsewhere, this is what a seal can be held against that was made anew.
      this.logger.log({ msg: 'audit sealed', seal_id: sealId, events, digest });
    });
  }
}
