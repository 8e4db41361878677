/** How late a process is, from what was measured in one window after the other. */
export class Lateness {
  private before = 0;
  private last = 0;

  /** In milliseconds: what the last two windows have in common, so that a single stall, however long, is no lateness. */
  get ms(): number {
    return Math.min(this.before, this.last);
  }

  /** @param meanMs - of a window; NaN when nothing was measured, because the process did not get to that either */
  note(meanMs: number): void {
    this.before = this.last;
    if (!Number.isNaN(meanMs)) this.last = meanMs;
  }
}
