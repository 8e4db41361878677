import type { Command } from 'commander';
import type { ImportLegacyOptions } from './import-legacy.js';

const LEGACY = `
The source is the URL of the old service's PostgreSQL, or its SQLite file; it is only read. Ids
and times are kept. Each row that cannot be imported is told of, with the reason, and all others
are imported. What is there already is passed over: run the command again after it was cut off,
or after rows were mended in the source. The service may run meanwhile.

With --json, each line is a JSON object: {"defect": …} for each defect, {"summary": …} at the end.

Exit codes:
  0  all rows are here now
  1  rows were left out
  2  it could not run

Examples:
  $ modeldb import legacy old.db --dry-run
  $ modeldb import legacy old.db
  $ modeldb import legacy postgresql://reader@old.example/model_db --mend --json > report.ndjson`;

/** Adds `modeldb import …`. */
export function addImportCommands(program: Command, done: (exitCode: number) => void): void {
  const command = program.command('import').description('move records in from elsewhere');
  command
    .command('legacy')
    .argument('<source>', 'postgresql://… or a SQLite file')
    .summary('from the old Python service')
    .description('Moves the projects, models and experiments of the old Python service here.')
    .option('--dry-run', 'find out what would happen, and write nothing')
    .option('--mend', 'import rows that need a change, and tell of it')
    .option('--json', 'answer with lines of JSON, and show no progress')
    .addHelpText('after', LEGACY)
    .action(async (source: string, options: ImportLegacyOptions) => {
      done(await (await import('./import-legacy.js')).importLegacy(source, options));
    });
}
