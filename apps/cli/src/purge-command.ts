import { InvalidArgumentError, type Command } from 'commander';
import type { PurgeRecordsOptions } from './purge-records.js';

const PURGE = `
Deleting hides a record, and it can be restored. This deletes for good what has been deleted for
longer than that, with all below it: models, experiments, metrics, roles. The audit has an event
of each record, without what was in it; events of before keep what they say until they are
pruned. The service may run meanwhile. Interrupted, it has purged a part; run it again.

Durations: 30d (days), 12h (hours), 2w (weeks); 0d is all that is deleted now.

Examples:
  $ modeldb purge --older-than 30d --dry-run
  $ modeldb purge --older-than 30d`;

const SECONDS: Readonly<Record<string, number>> = { h: 3600, d: 86_400, w: 604_800 };

/** Adds `modeldb purge`. What it needs is loaded when it runs: help should not wait for it. */
export function addPurgeCommand(program: Command, done: (exitCode: number) => void): void {
  program
    .command('purge')
    .summary('delete deleted records for good')
    .description('Deletes records for good that were deleted long enough ago.')
    .requiredOption('--older-than <duration>', 'for how long they were deleted', duration)
    .option('--dry-run', 'only count them')
    .option('--json', 'answer with one JSON object, and show no progress')
    .addHelpText('after', PURGE)
    .action(async (options: PurgeRecordsOptions) => {
      done(await (await import('./purge-records.js')).purgeRecords(options));
    });
}

function duration(text: string): number {
  const [, amount, unit = ''] = /^(\d{1,5})([hdw])$/.exec(text) ?? [];
  const seconds = SECONDS[unit];
  if (amount !== undefined && seconds !== undefined) return Number(amount) * seconds;
  throw new InvalidArgumentError('It must be a duration like 30d, 12h or 2w.');
}
