import type { Command } from 'commander';
import type { JsonOption } from './keys.js';

const MIGRATE = `
The service brings the schema up to date when it starts, one of many replicas at a time. With
these commands it is done beforehand: the release before this one goes on working meanwhile.

Exit codes of status:
  0  the schema is that of this release
  1  migrations are pending, or the schema is that of a newer release
  2  it could not run

Examples:
  $ modeldb migrate status
  $ modeldb migrate up`;

/** Adds `modeldb migrate …`. What a command needs is loaded when it runs: help should not wait for it. */
export function addMigrateCommands(program: Command, done: (exitCode: number) => void): void {
  const migrate = program
    .command('migrate')
    .description('bring the schema of the database up to date')
    .addHelpText('after', MIGRATE);
  migrate
    .command('up')
    .description('Runs the migrations that are pending.')
    .option('--json', 'answer with one JSON object')
    .action(async (options: JsonOption) => {
      done(await (await import('./migrate.js')).migrateUp(options));
    });
  migrate
    .command('status')
    .description('Tells which migrations the database has.')
    .option('--json', 'answer with one JSON object')
    .action(async (options: JsonOption) => {
      done(await (await import('./migrate.js')).showMigrations(options));
    });
}
