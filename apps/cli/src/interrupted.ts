import { constants } from 'node:os';

const ENDINGS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
type Ending = (typeof ENDINGS)[number];

/** One Ctrl-C under npm arrives twice: from the terminal and, handed on, from npm. Only a later one is a second. */
const SAME_SIGNAL_MS = 1000;

/** The command was told to end before it was done. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
  /** As a shell has it for a program that a signal ended. */
  readonly exitCode: number;

  constructor(signal: Ending, outcome: string) {
    super(`Interrupted: ${outcome}.`);
    this.exitCode = 128 + constants.signals[signal];
  }
}

/**
 * Is aborted, with {@link Interrupted}, by the first SIGINT, SIGTERM or, when the terminal is closed, SIGHUP, so that a
 * command can close what it has opened; a second one does not wait for that.
 * @param outcome - what its user is told then
 */
export function interruption(outcome = 'what was done until here stays done'): AbortSignal {
  const controller = new AbortController();
  let first = 0;
  for (const signal of ENDINGS) {
    process.on(signal, () => {
      const { exitCode } = new Interrupted(signal, outcome);
      if (controller.signal.aborted) {
        if (performance.now() - first > SAME_SIGNAL_MS) process.exit(exitCode);
        return;
      }
      first = performance.now();
      controller.abort(new Interrupted(signal, outcome));
    });
  }
  return controller.signal;
}
