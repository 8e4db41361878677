type Step = () => unknown;

/** Undoes what was started, last first. */
export class Cleanup {
  private readonly steps: Step[] = [];
  private running: Promise<void> | undefined;

  /** One that is also done when the program is told to end, for a PostgreSQL does not end with it. */
  static onSignals(): Cleanup {
    const cleanup = new Cleanup();
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.once(signal, () => {
        void cleanup.run().finally(() => process.exit(1));
      });
    }
    return cleanup;
  }

  /** Undoes what `work` has started as soon as it is over. */
  async during<Result>(work: (cleanup: Cleanup) => Promise<Result>): Promise<Result> {
    const inner = new Cleanup();
    this.add(() => inner.run());
    try {
      return await work(inner);
    } finally {
      await inner.run();
    }
  }

  add(step: Step): void {
    this.steps.push(step);
  }

  run(): Promise<void> {
    return (this.running ??= this.runOnce());
  }

  private async runOnce(): Promise<void> {
    for (let step = this.steps.pop(); step; step = this.steps.pop()) {
      try {
        await step();
      } catch (error) {
        // What follows has to be undone all the same.
        console.error(error);
      }
    }
  }
}
