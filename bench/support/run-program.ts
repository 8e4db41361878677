import { UsageError } from './arguments.js';
import { Cleanup } from './cleanup.js';

/**
 * Runs a program and cleans up after it. Trouble that its user can mend is a line on stderr, a fault shows its stack, and
 * the exit code is 1 for both.
 */
export async function runProgram(
  usage: string,
  program: (cleanup: Cleanup) => Promise<number>,
  expected: readonly (new (...args: never[]) => Error)[] = [],
): Promise<void> {
  const cleanup = Cleanup.onSignals();
  try {
    process.exitCode = await program(cleanup);
  } catch (error) {
    process.exitCode = 1;
    if (error instanceof UsageError) console.error(`${error.message}\n\n${usage}`);
    else if (error instanceof Error && expected.some((kind) => error instanceof kind)) {
      console.error(error.message);
    } else console.error(error);
  } finally {
    await cleanup.run();
  }
}
