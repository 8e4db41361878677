import { LRUCache } from 'lru-cache';
import type { Counted, LimitName } from '#http';

/** Of each limit, as many as a service without workers remembers. */
const REMEMBERED = 5000;

interface Window {
  readonly end: number;
  current: number;
}

/** Counts the requests of all workers, each for a window that begins with the first one. */
export class RequestCounter {
  /** One for each limit: addresses, which anybody can have many of, must not displace callers. */
  private readonly windows: Readonly<Record<LimitName, LRUCache<string, Window>>> = {
    callers: new LRUCache({ max: REMEMBERED }),
    failures: new LRUCache({ max: REMEMBERED }),
  };

  constructor(private readonly now: () => number = () => performance.now()) {}

  /** @param adds - whether there is one more; otherwise it is only looked up */
  count(limit: LimitName, key: string, windowMs: number, adds: boolean): Counted {
    const windows = this.windows[limit];
    const now = this.now();
    let window = windows.get(key);
    if (!window || window.end <= now) {
      if (!adds) return { current: 0, ttl: 0 };
      window = { end: now + windowMs, current: 0 };
      windows.set(key, window);
    }
    if (adds) window.current += 1;
    return { current: window.current, ttl: window.end - now };
  }
}
