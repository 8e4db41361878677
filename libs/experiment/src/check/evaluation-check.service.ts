import type { Database } from '#database';
import { COMPARE, LOCK, REPAIR } from './evaluation-check.sql.js';
import {
  DIFFERENCE_KINDS,
  type CheckOptions,
  type CheckReport,
  type Difference,
  type DifferenceKind,
} from './evaluation-check.types.js';

const DEFAULT_BATCH = 1000;

const NOTHING: CheckReport = {
  experiments: 0,
  numbers: 0,
  differences: { not_in_index: 0, not_in_document: 0, value: 0, scope: 0 },
  differing_experiments: 0,
  repaired_experiments: 0,
  first: [],
};

/** What one statement found in one batch. */
interface Batch {
  /** The id of the last experiment; null when none was left. */
  readonly last: string | null;
  readonly experiments: number;
  readonly numbers: number;
  readonly differences: Readonly<Record<DifferenceKind, number>>;
  /** The ids of the experiments that differ. */
  readonly differing: readonly string[];
  readonly first: readonly Difference[];
}

/** Whether `experiment_evaluations`, the index of numbers, is in step with the documents, and how to get it there. */
export class EvaluationCheckService {
  constructor(private readonly database: Database) {}

  /**
   * Compares all experiments, in constant memory and while others write. With `repair`, a batch that has differences is
   * repaired before the next one is read.
   * @throws CodedError when the database is away or takes too long; the signal's reason when that is aborted
   */
  async run(options: CheckOptions): Promise<CheckReport> {
    const { repair, keep, batch: size = DEFAULT_BATCH, onBatch, signal } = options;
    let report = NOTHING;
    for (let after = ''; ;) {
      signal?.throwIfAborted();
      const batch = await this.compare(after, size, keep - report.first.length);
      if (batch.last === null) return report;
      if (repair) await this.repair(batch.differing);
      report = add(report, batch, repair ? batch.differing.length : 0);
      onBatch?.(report);
      after = batch.last;
    }
  }

  private async compare(after: string, size: number, keep: number): Promise<Batch> {
    const values = [after, String(size), String(keep)];
    const [row] = await this.database.query<{ result: string }>(COMPARE, values);
    return JSON.parse(row?.result ?? '') as Batch;
  }

  /** One experiment at a time, each in a transaction of its own: a merge waits for a moment, and only for its experiment. */
  private async repair(experimentIds: readonly string[]): Promise<void> {
    for (const id of experimentIds) await this.database.transaction([LOCK, REPAIR], [id]);
  }
}

/** Whether the index is in step now: nothing differed, or what did is repaired. */
export function isInStep(report: CheckReport): boolean {
  return report.differing_experiments === report.repaired_experiments;
}

function add(report: CheckReport, batch: Batch, repaired: number): CheckReport {
  const differences = { ...report.differences };
  for (const kind of DIFFERENCE_KINDS) differences[kind] += batch.differences[kind];
  return {
    experiments: report.experiments + batch.experiments,
    numbers: report.numbers + batch.numbers,
    differences,
    differing_experiments: report.differing_experiments + batch.differing.length,
    repaired_experiments: report.repaired_experiments + repaired,
    first: [...report.first, ...batch.first],
  };
}
