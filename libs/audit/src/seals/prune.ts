import { statement, type Database } from '#database';
import type { Origin } from '#http';
import { originValue } from '../write/origin-value.js';

/** Events of one transaction, about. */
const MOST = '50000';

const PRUNE = statement(
  'audit.prune',
  `SELECT last_seal_id, seals, events FROM prune_audit($1::timestamptz, ${MOST}, $2::text[])`,
);

/** What has been deleted. */
export interface PruneReport {
  readonly seals: number;
  readonly events: number;
  /** The last seal whose events are gone. */
  readonly last_seal_id: string | null;
}

/**
 * Deletes the events of the seals that were made before a time, oldest first, some in each transaction, which writes an
 * event of that as well. The seals stay.
 */
export async function pruneEvents(
  database: Database,
  before: string,
  origin: Origin,
  { signal }: { readonly signal?: AbortSignal } = {},
): Promise<PruneReport> {
  let report: PruneReport = { seals: 0, events: 0, last_seal_id: null };
  for (;;) {
    signal?.throwIfAborted();
    const row = await database.find<{ last_seal_id: string; seals: string; events: string }>(
      PRUNE,
      [before, originValue(origin)],
    );
    if (!row) return report;
    report = {
      seals: report.seals + Number(row.seals),
      events: report.events + Number(row.events),
      last_seal_id: row.last_seal_id,
    };
  }
}
