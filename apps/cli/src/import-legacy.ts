import type { Database } from '#database';
import { ExitCode } from './exit-codes.js';
import { interruption } from './interrupted.js';
import { inBulk } from './legacy/bulk.js';
import type { Defect } from './legacy/defects.js';
import { LANES, LegacyImport, type Summary } from './legacy/legacy-import.js';
import { KINDS, type Kind } from './legacy/legacy-rows.js';
import { openSource } from './legacy/open-source.js';
import { withDatabase } from './open-database.js';
import { Progress } from './progress.js';
import { defectText, summaryText } from './report-import.js';

/** The options of the command line. */
export interface ImportLegacyOptions {
  readonly dryRun?: boolean;
  readonly mend?: boolean;
  readonly json?: boolean;
}

/**
 * `modeldb import legacy`: tells of each defect as it is found, and at the end what became of the rows.
 * @returns the exit code
 */
export async function importLegacy(place: string, options: ImportLegacyOptions): Promise<number> {
  const { dryRun = false, mend = false, json = false } = options;
  const signal = interruption();
  const progress = new Progress(process.stderr, !json);
  const print = (line: string): void => {
    progress.clear();
    process.stdout.write(`${line}\n`);
  };
  const onDefect = (defect: Defect): void => {
    print(json ? JSON.stringify({ defect }) : defectText(defect));
  };
  const onUnfinished = (reason: unknown): void => {
    progress.clear();
    console.error(reason instanceof Error ? reason.message : reason);
  };
  const work = async (database: Database, url: string): Promise<Summary> => {
    await using source = await openSource(place);
    const totals = {} as Record<Kind, number>;
    for (const kind of KINDS) totals[kind] = await source.count(kind);
    const onProgress = (kind: Kind, read: number): void => {
      progress.showPart(`${kind}s`, read, totals[kind]);
    };
    const run = { dryRun, mend, onDefect, onProgress, signal };
    const legacy = new LegacyImport(database, source, run);
    if (dryRun) return await legacy.run();
    return await inBulk(url, () => legacy.run(), {
      onProgress: (what, done, total) => progress.showPart(`indexing ${what} `, done, total),
      onUnfinished,
    });
  };
  let summary: Summary;
  try {
    summary = await withDatabase((text) => progress.show(text), work, {
      poolSize: dryRun ? 1 : LANES,
      isPatient: true,
      needsSession: dryRun,
    });
  } finally {
    progress.clear();
  }
  print(json ? JSON.stringify({ dry_run: dryRun, summary }) : summaryText(summary, options));
  return KINDS.some((kind) => summary[kind].left_out > 0) ? ExitCode.found : ExitCode.fine;
}
