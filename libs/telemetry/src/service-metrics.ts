import { AggregatorRegistry, type Registry } from 'prom-client';
import { registry } from './metrics.js';

/** What a process has measured, in the form in which it can be sent to another. */
export type Samples = readonly Metric[];

interface Metric {
  readonly name: string;
  readonly type: string;
  /** How those of several processes become one. */
  readonly aggregator?: string;
}

/** Of a sum, an average or the first, the worst would not be seen: which is what these are watched for. */
const WORST = /^(?:nodejs_eventloop_lag_.*|process_start_time)_seconds$/;

/** What this process has measured. */
export async function samplesOfProcess(): Promise<Samples> {
  return (await registry.getMetricsAsJSON()) as unknown as Samples;
}

/** However many ask for the text, it is made once a second: in one place, for one that is older must not follow a newer one. */
export const METRICS_HOLD_MS = 1000;

/** So many processes may have ended before what they have counted is added up. */
const MANY = 16;

/**
 * The metrics of a service that is several processes: sums, and of what describes a process, the worst. What a process has
 * counted stays when it has ended: a sum that went down would look to Prometheus like a restart of the whole.
 */
export class ServiceMetrics {
  private readonly latest = new Map<number, Samples>();
  private ended: readonly Samples[] = [];
  private isAddingUp = false;

  /** @param process - its number */
  note(process: number, samples: Samples): void {
    this.latest.set(process, samples.map(asTheWorst));
  }

  /** The process has ended; what it has counted since it was last noted is lost. */
  leave(process: number): void {
    const last = this.latest.get(process);
    if (!last) return;
    this.latest.delete(process);
    const sums = last.filter(({ type }) => type === 'counter' || type === 'histogram');
    this.ended = [...this.ended, sums];
    if (this.ended.length > MANY && !this.isAddingUp) void this.addUp();
  }

  /** @returns the metrics, in Prometheus' text format */
  text(): Promise<string> {
    return mergedOf([...this.latest.values(), ...this.ended]).metrics();
  }

  /** More may end meanwhile. */
  private async addUp(): Promise<void> {
    this.isAddingUp = true;
    const { length } = this.ended;
    const sum = (await mergedOf(this.ended).getMetricsAsJSON()) as unknown as Samples;
    this.ended = [sum, ...this.ended.slice(length)];
    this.isAddingUp = false;
  }
}

function asTheWorst(metric: Metric): Metric {
  return WORST.test(metric.name) ? { ...metric, aggregator: 'max' } : metric;
}

function mergedOf(parts: readonly Samples[]): Registry {
  return AggregatorRegistry.aggregate(parts as Metric[][]);
}
