import type { PrimaryPlace } from './places.js';

/** How long it is remembered where the primary was. What lags by more is known to lag by that at least. */
const REMEMBERED_MS = 60_000;

interface Seen {
  readonly position: bigint;
  /** By this time at the latest. */
  readonly time: number;
}

/**
 * Where the primary was, and when. Who has come to a position has all that was acknowledged before the primary was asked for
 * it, whatever clocks say, and also when nothing has been written for long.
 */
export class Track {
  private latest: PrimaryPlace | undefined;
  /** Oldest first. */
  private seen: Seen[] = [];

  /** The primary as it was last seen. */
  get primary(): PrimaryPlace | undefined {
    return this.latest;
  }

  /** @param time - when the primary was asked, in milliseconds of `performance.now()` */
  note(place: PrimaryPlace, time: number): void {
    const isSame = this.latest?.system === place.system && this.latest.timeline === place.timeline;
    this.latest = place;
    if (!isSame) this.seen = [];
    const oldest = time - REMEMBERED_MS;
    this.seen = this.seen.filter((other) => other.time >= oldest);
    this.seen.push({ position: place.position, time });
  }

  /** Up to when a replica at this position has everything; undefined: longer ago than is remembered. */
  coveredAt(position: bigint): number | undefined {
    return this.seen.findLast((seen) => seen.position <= position)?.time;
  }
}
