import type { Command } from 'commander';
import type { DoctorOptions } from './doctor.js';

const DOCTOR = `
Looks at the configuration, at PostgreSQL and its settings, at migrations, indexes, constraints
and triggers, and at two things that must fit together: the index of numbers with the documents,
and the audit with its seals. It changes nothing; each finding says what helps. It may run
while the service does.

Exit codes:
  0  sound; there may be warnings
  1  something has to be done
  2  it could not run

Examples:
  $ modeldb doctor
  $ modeldb doctor --quick --json`;

/** Adds `modeldb doctor`. What it needs is loaded when it runs: help should not wait for it. */
export function addDoctorCommand(program: Command, done: (exitCode: number) => void): void {
  program
    .command('doctor')
    .summary('is the installation sound?')
    .description('Tells what is wrong with the installation, and what helps.')
    .option('--quick', 'leave out what looks at all records: the index of numbers, the audit')
    .option('--json', 'answer with one JSON object, and show no progress')
    .addHelpText('after', DOCTOR)
    .action(async (options: DoctorOptions) => {
      done(await (await import('./doctor.js')).doctor(options));
    });
}
