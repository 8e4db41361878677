import { CodedError, StartupError } from '#errors';
import { CommanderError } from 'commander';
import { ExitCode } from './exit-codes.js';
import { Interrupted } from './interrupted.js';
import { createProgram } from './program.js';

/**
 * Runs a command line.
 * @returns the exit code
 */
export async function run(args: readonly string[]): Promise<number> {
  let exitCode: number = ExitCode.fine;
  const program = createProgram((code) => (exitCode = code));
  try {
    await program.parseAsync(args, { from: 'user' });
    return exitCode;
  } catch (error) {
    return explain(error);
  }
}

/** What its user can mend is a line on stderr; anything else is a fault of ours and shows where it happened. */
function explain(error: unknown): number {
  // Commander has said what there was to say: help, or what is wrong with the arguments.
  if (error instanceof CommanderError) {
    return error.exitCode === 0 ? ExitCode.fine : ExitCode.couldNotRun;
  }
  if (error instanceof Interrupted) {
    console.error(error.message);
    return error.exitCode;
  }
  const expected = error instanceof StartupError || error instanceof CodedError;
  console.error(expected ? error.message : error);
  return ExitCode.couldNotRun;
}
