import type { Queries } from '#database';
import { CHECK_EVENTS, CHECK_SEALS } from './verification.sql.js';
import type { Anchor, Damage, Finding, VerificationReport } from './seals.types.js';

export interface VerificationOptions {
  /** A seal that was told before, and must be there as it was told. */
  readonly anchor?: Anchor | undefined;
  /** Is told how far it has come. */
  readonly onProgress?: (report: VerificationReport) => void;
  /** Ends it between two statements. */
  readonly signal?: AbortSignal;
}

interface CheckedSeal {
  readonly seal_id: string;
  readonly events: string;
  readonly digest: string;
  readonly is_pruned: boolean;
  readonly is_sound: boolean;
  readonly wrong_event: string | null;
  readonly is_missing: boolean | null;
}

interface CheckedEvents {
  readonly last: string;
  readonly inserted: string | null;
  readonly unsealed: string;
}

const NOTHING: VerificationReport = {
  seals: 0,
  events: 0,
  pruned_events: 0,
  unsealed_events: 0,
  last: null,
  finding: null,
};

/** Whether the events are what they were when they were sealed, all of them, and no more. */
export class VerificationService {
  constructor(private readonly database: Queries) {}

  /**
   * Looks at all there is, in constant memory and while others write, until something is wrong.
   * @throws CodedError when the database is away or takes too long; the signal's reason when that is aborted
   */
  async run(options: VerificationOptions = {}): Promise<VerificationReport> {
    const walked = await this.walkSeals(options);
    return walked.finding ? walked : this.walkEvents(walked, options);
  }

  private async walkSeals(options: VerificationOptions): Promise<VerificationReport> {
    const { anchor, onProgress, signal } = options;
    let report = NOTHING;
    for (;;) {
      signal?.throwIfAborted();
      const after = report.last?.seal_id ?? '0';
      const seals = await this.database.query<CheckedSeal>(CHECK_SEALS, [after]);
      if (seals.length === 0) {
        const isAnchored = !anchor || BigInt(anchor.sealId) <= BigInt(after);
        return isAnchored ? report : found(report, 'seal_missing', anchor.sealId);
      }
      for (const seal of seals) {
        report = judge(report, seal, anchor);
        if (report.finding) return report;
      }
      onProgress?.(report);
    }
  }

  private async walkEvents(
    walked: VerificationReport,
    { onProgress, signal }: VerificationOptions,
  ): Promise<VerificationReport> {
    let report = walked;
    for (let after = '0'; ;) {
      signal?.throwIfAborted();
      const checked = await this.database.find<CheckedEvents>(CHECK_EVENTS, [after]);
      if (!checked) return report;
      if (checked.inserted !== null) return found(report, 'event_inserted', null, checked.inserted);
      report = {
        ...report,
        unsealed_events: report.unsealed_events + Number(checked.unsealed),
      };
      onProgress?.(report);
      after = checked.last;
    }
  }
}

function judge(
  report: VerificationReport,
  seal: CheckedSeal,
  anchor: Anchor | undefined,
): VerificationReport {
  const { seal_id: sealId, events, digest, wrong_event: wrongEvent } = seal;
  const expected = String(BigInt(report.last?.seal_id ?? 0) + 1n);
  if (sealId !== expected) return found(report, 'seal_missing', expected);
  if (!seal.is_sound) return found(report, 'seal_altered', sealId);
  if (anchor?.sealId === sealId && anchor.digest !== digest) return found(report, 'anchor', sealId);
  if (wrongEvent !== null) return found(report, damageOf(seal), sealId, wrongEvent);
  const count = Number(events);
  return {
    ...report,
    seals: report.seals + 1,
    events: report.events + (seal.is_pruned ? 0 : count),
    pruned_events: report.pruned_events + (seal.is_pruned ? count : 0),
    last: { seal_id: sealId, events, digest },
  };
}

function damageOf({ is_pruned: isPruned, is_missing: isMissing }: CheckedSeal): Damage {
  if (isPruned) return 'event_inserted';
  return isMissing ? 'event_missing' : 'event_altered';
}

function found(
  report: VerificationReport,
  damage: Damage,
  sealId: string | null,
  eventId: string | null = null,
): VerificationReport {
  const finding: Finding = { damage, seal_id: sealId, event_id: eventId };
  return { ...report, finding };
}
