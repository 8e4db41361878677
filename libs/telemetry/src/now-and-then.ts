/** Tells of what can happen thousands of times a second: the first time at once, then how often since, every few seconds. */
export class NowAndThen {
  private count = 0;
  private next = -Infinity;

  constructor(
    private readonly tell: (count: number) => void,
    private readonly everyMs = 10_000,
    private readonly now = (): number => performance.now(),
  ) {}

  /** It has happened. */
  note(): void {
    this.count += 1;
    const now = this.now();
    if (now < this.next) return;
    this.next = now + this.everyMs;
    this.tell(this.count);
    this.count = 0;
  }
}
