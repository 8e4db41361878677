import { ExitCode } from './exit-codes.js';
import { interruption } from './interrupted.js';
import { withDatabase } from './open-database.js';
import { Progress } from './progress.js';
import { countPurge, Purge, type Purged } from './purge/purge.js';

/** The options of the command line. */
export interface PurgeRecordsOptions {
  /** In seconds. */
  readonly olderThan: number;
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

/** `modeldb purge`: tells what was deleted for good. */
export async function purgeRecords(options: PurgeRecordsOptions): Promise<number> {
  const { olderThan, dryRun = false, json = false } = options;
  const signal = interruption();
  const progress = new Progress(process.stderr, !json);
  const onProgress = (purged: Purged): void => {
    progress.show(`purged ${countsText(purged)}`);
  };
  let purged: Purged;
  try {
    purged = await withDatabase(
      (text) => progress.show(text),
      (database) =>
        dryRun
          ? countPurge(database, olderThan)
          : new Purge(database, { olderThan, onProgress, signal }).run(),
      { poolSize: 2, isPatient: true },
    );
  } finally {
    progress.clear();
  }
  const text = `${dryRun ? 'Would purge' : 'Purged'} ${countsText(purged)}.`;
  process.stdout.write(`${json ? JSON.stringify({ dry_run: dryRun, ...purged }) : text}\n`);
  return ExitCode.fine;
}

function countsText({ projects, models, experiments, points }: Purged): string {
  const parts = [
    [projects, 'project'],
    [models, 'model'],
    [experiments, 'experiment'],
    [points, 'metric point'],
  ] as const;
  return parts
    .map(([amount, noun]) => `${amount.toLocaleString('en')} ${noun}${amount === 1 ? '' : 's'}`)
    .join(', ');
}
