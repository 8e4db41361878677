/** Pieces of work side by side, as many as there are lanes. Who brings one more waits for a lane to be free. */
export class Lanes {
  private readonly running = new Set<Promise<void>>();
  private failure: { readonly error: unknown } | undefined;

  constructor(private readonly lanes: number) {}

  /** @throws what an earlier piece has thrown */
  async add(work: () => Promise<void>): Promise<void> {
    while (this.running.size >= this.lanes) await Promise.race(this.running);
    this.throwFailure();
    const lane = work()
      .catch((error: unknown) => {
        this.failure ??= { error };
      })
      .finally(() => this.running.delete(lane));
    this.running.add(lane);
  }

  /**
   * Waits for all of them, also for those beside one that has failed.
   * @throws what one of them has thrown
   */
  async end(): Promise<void> {
    await Promise.all(this.running);
    this.throwFailure();
  }

  private throwFailure(): void {
    if (this.failure) throw this.failure.error;
  }
}
