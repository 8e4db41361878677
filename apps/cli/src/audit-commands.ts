import { InvalidArgumentError, type Command } from 'commander';
import type { PruneOptions, VerifyOptions } from './audit.js';
import type { JsonOption } from './keys.js';

const AUDIT = `
Every change writes an event into the audit. The service seals events in batches, each with a
digest that goes on from the one before it, and logs that digest ("audit sealed"). A digest
that was kept elsewhere is an anchor: with it, even a chain that was made anew is found out.

Examples:
  $ modeldb audit verify
  $ modeldb audit verify --anchor 4711:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
  $ modeldb audit seal
  $ modeldb audit prune --before 2024-01-01`;

const VERIFY = `
Names the first event that was altered, is missing or was inserted, or the first seal that was
altered or is missing. Events that are not sealed yet are counted. It is safe while the service
runs, and takes little memory however many events there are.

Exit codes:
  0  everything is as it was sealed
  1  something is not
  2  it could not run`;

const PRUNE = `
Whole seals only, oldest first: those that were made before that time. The seals themselves
stay, so the chain can be verified on. What is pruned is verified before, and that it was pruned
is an event itself. Histories of records cannot go back beyond it any more.`;

/** Adds `modeldb audit …`. What a command needs is loaded when it runs: help should not wait for it. */
export function addAuditCommands(program: Command, done: (exitCode: number) => void): void {
  const audit = program
    .command('audit')
    .description('verify, seal and prune the record of who changed what')
    .addHelpText('after', AUDIT);
  audit
    .command('verify')
    .description('Tells whether the events are as they were when they were sealed.')
    .option('--anchor <seal_id:digest>', 'a seal that was told before, as it was told', anchor)
    .option('--json', 'answer with one JSON object, and show no progress')
    .addHelpText('after', VERIFY)
    .action(async (options: VerifyOptions) => {
      done(await (await import('./audit.js')).verifyAudit(options));
    });
  audit
    .command('seal')
    .description('Seals now, instead of when the service would.')
    .option('--json', 'answer with one JSON object')
    .action(async (options: JsonOption) => {
      done(await (await import('./audit.js')).sealAudit(options));
    });
  audit
    .command('prune')
    .description('Deletes old events.')
    .requiredOption('--before <time>', 'a day, or a time of ISO 8601 with its zone', time)
    .option('--json', 'answer with one JSON object, and show no progress')
    .addHelpText('after', PRUNE)
    .action(async (options: PruneOptions) => {
      done(await (await import('./audit.js')).pruneAudit(options));
    });
}

function anchor(text: string): VerifyOptions['anchor'] {
  const [, sealId, digest] = /^([1-9]\d{0,17}):([0-9a-f]{64})$/i.exec(text) ?? [];
  if (sealId === undefined || digest === undefined) {
    throw new InvalidArgumentError('It must be the number of a seal, a colon, and its digest.');
  }
  return { sealId, digest: digest.toLowerCase() };
}

function time(text: string): string {
  const isTime = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d.*(?:Z|[+-]\d\d:\d\d))?$/.test(text);
  if (isTime && Number.isFinite(Date.parse(text))) return text;
  throw new InvalidArgumentError('It must be a day or a time, like 2024-01-31T12:00:00Z.');
}
