import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Cleanup } from '../support/cleanup.js';
import { FROM_SOURCES } from '../support/program.js';
import type { Outcome, Turn } from './turn.js';

const MAIN = fileURLToPath(new URL('./main.ts', import.meta.url));

/** Makes load in another process, so that nothing of it happens in one that is measured. */
export class LoadGenerator<Task = Turn, Result = Outcome> {
  private constructor(private readonly child: ChildProcess) {}

  /** @param main - the program of the process: it is told what to do, and tells what came of it */
  static start<Task = Turn, Result = Outcome>(
    cleanup: Cleanup,
    main = MAIN,
  ): LoadGenerator<Task, Result> {
    const child = fork(main, {
      execArgv: FROM_SOURCES,
      // What is no number stays that.
      serialization: 'advanced',
    });
    cleanup.add(() => child.kill());
    return new LoadGenerator(child);
  }

  /** @throws Error when the generator itself ends */
  async take(task: Task): Promise<Result> {
    const done = new AbortController();
    const { signal } = done;
    const ended = once(this.child, 'exit', { signal }).then(() => {
      throw new Error('The load generator has ended.');
    });
    try {
      const answered = once(this.child, 'message', { signal });
      this.child.send(task as object);
      const [outcome] = (await Promise.race([answered, ended])) as [Result];
      return outcome;
    } finally {
      done.abort();
      await ended.catch(() => undefined);
    }
  }
}
