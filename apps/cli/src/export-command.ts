import type { Command } from 'commander';
import type { ExportOptions } from './export-all.js';

const EXPORT = `
Everything at one moment: projects, models, experiments, deleted ones too, metrics, tags, roles,
keys, remembered answers, the audit and its seals. A file of JSON lines for each table, and at
last manifest.json, which says what is in them, with a SHA-256 of each. The service may run
meanwhile. The folder is made; if it is there, it has to be empty.

Keys are in it as digests, with which nobody can call, but which go on letting in who has the
key. Keep the folder like a backup of the database, or leave the keys out.

Examples:
  $ modeldb export archive
  $ modeldb export archive --without-keys
  $ DATABASE_URL=postgresql://modeldb@new.example/modeldb modeldb import archive`;

/** Adds `modeldb export`. What it needs is loaded when it runs: help should not wait for it. */
export function addExportCommand(program: Command, done: (exitCode: number) => void): void {
  program
    .command('export')
    .argument('<folder>', 'where the archive is made')
    .summary('everything, into a folder')
    .description('Writes everything there is into a folder, to be imported elsewhere.')
    .option('--without-keys', 'leave the digests of API keys out: no key will be good there')
    .option('--json', 'answer with one JSON object, and show no progress')
    .addHelpText('after', EXPORT)
    .action(async (folder: string, options: ExportOptions) => {
      done(await (await import('./export-all.js')).exportAll(folder, options));
    });
}
