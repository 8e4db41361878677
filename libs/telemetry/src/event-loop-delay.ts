import { monitorEventLoopDelay } from 'node:perf_hooks';
import { Lateness } from './lateness.js';

const RESOLUTION_MS = 20;
const WINDOW_MS = 500;
const NS_PER_MS = 1e6;

/** Measures by how much the process is late for what it has to do. */
export class EventLoopDelay {
  private readonly lateness = new Lateness();
  private readonly histogram = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  private readonly timer: NodeJS.Timeout;

  constructor() {
    this.histogram.enable();
    this.timer = setInterval(() => {
      this.lateness.note(this.histogram.mean / NS_PER_MS - RESOLUTION_MS);
      this.histogram.reset();
    }, WINDOW_MS).unref();
  }

  /** Over the last second, in milliseconds. */
  get ms(): number {
    return this.lateness.ms;
  }

  stop(): void {
    clearInterval(this.timer);
    this.histogram.disable();
  }
}
