type Step = () => unknown;

/** Undoes what was started, last first; also when the program is told to end, for a PostgreSQL does not end with it. */
export class Cleanup {
  private readonly steps: Step[] = [];
  private running: Promise<void> | undefined;

  constructor() {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.once(signal, () => {
        void this.run().finally(() => process.exit(1));
      });
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
