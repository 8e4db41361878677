import { Command } from 'commander';
import { addAuditCommands } from './audit-commands.js';
import type { CheckEvaluationsOptions } from './check-evaluations.js';
import { addDemoCommand } from './demo-command.js';
import { addDoctorCommand } from './doctor-command.js';
import { addExportCommand } from './export-command.js';
import { addImportCommands } from './import-commands.js';
import { addKeysCommands } from './keys-commands.js';
import { addMigrateCommands } from './migrate-commands.js';
import { addPurgeCommand } from './purge-command.js';

const ABOUT = `
In a checkout of the sources: npm run --silent modeldb -- <command>

Which database:
  DATABASE_URL names it. Without that it is the embedded one in MODELDB_DATA_DIR (.modeldb
  unless set), shared with the service when that runs, and started for the command otherwise.

Exit codes:
  0  all is well
  1  the command found what should not be
  2  it could not run: wrong arguments or configuration, or no database`;

const CHECK_EVALUATIONS = `
Searches and leaderboards read an index that has a row for each number in the evaluations of
the experiments. The service writes it together with the documents, so it is always in step.
Check it after restoring a backup, after changing the tables by hand, or when in doubt.

The check is safe while the service runs, and takes little memory however many experiments
there are. With --repair the rows of an experiment that differs are written anew from its
document, which is never changed; its merges wait for that moment.

Exit codes:
  0  in step, or brought in step by --repair
  1  differences were found
  2  it could not run

Examples:
  $ modeldb check evaluations
  $ modeldb check evaluations --repair
  $ DATABASE_URL=postgresql://modeldb@db.example/modeldb modeldb check evaluations --json`;

/** The command line. `done` is told the exit code of the command that ran. */
export function createProgram(done: (exitCode: number) => void): Command {
  const program = new Command('modeldb')
    .description("The administrator's command line of Model DB.")
    .addHelpText('after', ABOUT)
    .showHelpAfterError('(--help tells more)')
    // An option belongs to the command that it stands behind: import has --json, and import legacy has its own.
    .enablePositionalOptions()
    // Commander would end the process: what is open has to be closed first.
    .exitOverride();

  const check = program.command('check').description('look for what should not be in the data');
  check
    .command('evaluations')
    .summary('is the index of numeric evaluations in step with the documents?')
    .description('Tells whether the index of numeric evaluations is in step with the documents.')
    .option('--repair', 'write the rows of experiments that differ anew')
    .option('--json', 'answer with one JSON object, and show no progress')
    .addHelpText('after', CHECK_EVALUATIONS)
    .action(async (options: CheckEvaluationsOptions) => {
      // Loaded when it is wanted: help should not wait for all that a command needs.
      const { checkEvaluations } = await import('./check-evaluations.js');
      done(await checkEvaluations(options));
    });
  addExportCommand(program, done);
  addImportCommands(program, done);
  addKeysCommands(program, done);
  addAuditCommands(program, done);
  addMigrateCommands(program, done);
  addPurgeCommand(program, done);
  addDoctorCommand(program, done);
  addDemoCommand(program, done);
  return program;
}
