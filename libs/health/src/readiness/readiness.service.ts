import { Injectable, Logger } from '@nestjs/common';
import { DatabaseProbe } from '#database';
import type { CodedError } from '#errors';
import { remembered } from '#telemetry';
import { databaseAway, schemaOutdated, shuttingDown } from './readiness.errors.js';

/** How long an answer holds: the database is asked no more often, however many ask here. */
const HOLDS_MS = 1000;

/** Whether requests should be sent to this process. */
@Injectable()
export class ReadinessService {
  private readonly logger = new Logger(ReadinessService.name);
  private readonly obstacle = remembered(() => this.find(), HOLDS_MS);
  private known: string | undefined;
  private isStopping = false;

  constructor(private readonly probe: DatabaseProbe) {}

  /** @throws CodedError that says why no requests should be sent */
  async check(): Promise<void> {
    if (this.isStopping) throw shuttingDown();
    const obstacle = await this.obstacle();
    if (obstacle) throw obstacle();
  }

  /** From now on requests should go elsewhere; those that come all the same are served. */
  beginStopping(): void {
    this.isStopping = true;
  }

  private async find(): Promise<(() => CodedError) | undefined> {
    let obstacle: (() => CodedError) | undefined;
    let err: unknown;
    try {
      if (!(await this.probe.hasNewestSchema())) obstacle = schemaOutdated;
    } catch (error) {
      obstacle = databaseAway;
      err = (error as CodedError).cause;
    }
    this.tell(obstacle?.().code, err);
    return obstacle;
  }

  /** Only what has changed: it is asked for every few seconds. */
  private tell(code: string | undefined, err: unknown): void {
    if (code === this.known) return;
    this.known = code;
    this.logger.warn(code === undefined ? { msg: 'ready again' } : { msg: 'not ready', code, err });
  }
}
