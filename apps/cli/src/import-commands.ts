import type { Command } from 'commander';
import type { ImportOptions } from './import-all.js';
import type { ImportLegacyOptions } from './import-legacy.js';

const IMPORT = `
The folder is one that modeldb export has made, the database a new one: no project, no key, and
the schema of this release (modeldb migrate up). All files are held against their SHA-256 first.
Then everything is imported in one transaction, and before that ends it is written out again and
compared with the files, byte for byte, and the audit is verified. Whatever is wrong is told, and
nothing is imported then. Keys go on letting in who has them; ids, times and tags are the same.

A folder that is called legacy is written ./legacy.

Exit codes:
  0  everything is here, or is as it was exported
  1  the archive is not what was exported; nothing was imported
  2  it could not run

Examples:
  $ modeldb import archive --verify-only
  $ modeldb import archive
  $ modeldb import legacy old.db --dry-run`;

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
  const command = program
    .command('import')
    .argument('<folder>', 'what modeldb export has made')
    .summary('everything from an export, or from the old service')
    .description(
      'Imports an export into an empty database; import legacy, the records of the old service.',
    )
    .option('--verify-only', 'compare the files with their checksums, without any database')
    .option('--dry-run', 'do everything, and undo it')
    .option('--audit-as-it-is', 'also when the audit was altered before the export')
    .option('--json', 'answer with one JSON object, and show no progress')
    .addHelpText('after', IMPORT)
    .hook('preSubcommand', (given) => {
      // They would be those of no command: a dry run would not be one.
      if (Object.keys(given.opts()).length > 0) {
        given.error('error: the options of import legacy stand behind it');
      }
    })
    .action(async (folder: string, options: ImportOptions) => {
      done(await (await import('./import-all.js')).importAll(folder, options));
    });
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
