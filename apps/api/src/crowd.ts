/** How long more may wait than is good for the service, in milliseconds: a burst is over by then. */
const BURST_MS = 1000;
/** How long no more than that may wait after somebody was refused: longer than those stay away who were. */
const STRICT_MS = 2000;

/** Tells a burst, which passes by itself, from more than the service gets done. */
export class Crowd {
  private since: number | undefined;
  private strictUntil = -Infinity;

  /** @param limit - how many may wait for as long as they like */
  constructor(
    private readonly limit: number,
    private readonly burstMs = BURST_MS,
    private readonly now = (): number => performance.now(),
  ) {}

  /** Whether one more is too many. To be asked for each that comes. */
  isTooLarge(waiting: number): boolean {
    if (waiting < this.limit) {
      this.since = undefined;
      return false;
    }
    const now = this.now();
    this.since ??= now;
    if (now >= this.strictUntil && now - this.since < this.burstMs) return false;
    this.strictUntil = now + STRICT_MS;
    return true;
  }
}
