/** How often something took how long, for one set of labels. */
export class Series {
  sum = 0;
  /** How many took no longer than each bound, and longer than the one before it; the last one: longer than all. */
  private readonly counts: number[];

  /** @param bounds - in seconds, smallest first */
  constructor(
    readonly labels: Readonly<Record<string, string>>,
    private readonly bounds: readonly number[],
  ) {
    this.counts = Array.from({ length: bounds.length + 1 }, () => 0);
  }

  observe(seconds: number): void {
    const { bounds, counts } = this;
    let place = 0;
    while (seconds > (bounds[place] ?? Infinity)) place += 1;
    counts[place] = (counts[place] ?? 0) + 1;
    this.sum += seconds;
  }

  /** How many took no longer than each bound; the last one: all. */
  cumulative(): number[] {
    let total = 0;
    return this.counts.map((count) => (total += count));
  }
}
