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

/**
 * The metrics of a service that is several processes: sums, and of what describes a process, the worst. What a process has
 * counted stays when it has ended: a sum that went down would look to Prometheus like a restart of the whole.
 */
export class ServiceMetrics {
  private readonly latest = new Map<number, Samples>();
  private counted: Samples = [];

  /** @param process - its number */
  note(process: number, samples: Samples): void {
    this.latest.set(process, samples.map(asTheWorst));
  }

  /** The process has ended; what it has counted since it was last noted is lost. */
  async leave(process: number): Promise<void> {
    const last = this.latest.get(process);
    if (!last) return;
    this.latest.delete(process);
    const sums = last.filter(({ type }) => type === 'counter' || type === 'histogram');
    const merged = mergedOf([this.counted, sums]);
    this.counted = (await merged.getMetricsAsJSON()) as unknown as Samples;
  }

  /** @returns the metrics, in Prometheus' text format */
  text(): Promise<string> {
    return mergedOf([...this.latest.values(), this.counted]).metrics();
  }
}

function asTheWorst(metric: Metric): Metric {
  return WORST.test(metric.name) ? { ...metric, aggregator: 'max' } : metric;
}

function mergedOf(parts: readonly Samples[]): Registry {
  return AggregatorRegistry.aggregate(parts as Metric[][]);
}
