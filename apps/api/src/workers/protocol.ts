import type { Counted, LimitName } from '#http';
import type { Samples } from '#telemetry';

/** What a worker has to know beyond the configuration, which it reads itself. */
export interface Assignment {
  /** From 1 on; one that takes the place of another has its number. */
  readonly worker: number;
  readonly workers: number;
  readonly databaseUrl: string;
  readonly port: number;
}

/** What the primary does for a worker. */
export interface PrimaryCalls {
  assignment(): Assignment;
  listening(url: string): void;
  /** It takes no new connections any more, and finishes what is in flight. */
  closed(): void;
  /** It cannot serve, for a reason that an operator can mend. */
  failed(message: string): void;
  /** The metrics of all workers, as text. */
  metrics(): Promise<string>;
  /** Counts requests for all workers. */
  count(limit: LimitName, key: string, windowMs: number, adds: boolean): Counted;
}

/** What a worker does for the primary. */
export interface WorkerCalls {
  /** Finishes what is in flight, and ends. */
  stop(): void;
  samples(): Promise<Samples>;
}
