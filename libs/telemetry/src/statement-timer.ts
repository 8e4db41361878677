import { Logger } from '@nestjs/common';
import { statements } from './metrics.js';
import { currentWork, type Work } from './work.js';

const logger = new Logger('Database');
let slowSeconds = Infinity;

/** From now on statements that take longer are told of in the log, by name. @param ms - 0: none */
export function tellSlowStatements(ms: number): void {
  slowSeconds = ms === 0 ? Infinity : ms / 1000;
}

/** Measures one statement: for the metrics, for the request that it is run for, and for the log if it is slow. */
export class StatementTimer {
  private readonly start = performance.now();
  /** Found now: when the answer comes, nobody knows any more for whom. */
  private readonly work: Work | undefined = currentWork();

  /** @param label - the statement's */
  constructor(private readonly label: string) {}

  /** @param error - its SQLSTATE, or another short name, where it has failed */
  end(error?: string): void {
    const { label, start } = this;
    const end = performance.now();
    const seconds = (end - start) / 1000;
    statements.of(label).observe(seconds);
    if (this.work) {
      this.work.statements += 1;
      this.work.seconds += seconds;
      this.work.trace?.addStatement({ label, start, end, error });
    }
    if (seconds > slowSeconds) this.tell(seconds);
  }

  private tell(seconds: number): void {
    const { label: statement, work } = this;
    logger.warn({
      msg: 'a statement was slow',
      statement,
      ms: Math.round(seconds * 1000),
      request_id: work?.requestId,
    });
  }
}
