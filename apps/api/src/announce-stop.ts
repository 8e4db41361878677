import { setTimeout as delay } from 'node:timers/promises';
import type { INestApplication } from '@nestjs/common';
import { ReadinessService } from '#health';

/**
 * Says that the service is not ready any more, and serves on until whoever sends it requests has noticed.
 * @param delayMs - how long that takes
 */
export async function announceStop(app: INestApplication, delayMs: number): Promise<void> {
  app.get(ReadinessService).beginStopping();
  if (delayMs > 0) await delay(delayMs);
}
