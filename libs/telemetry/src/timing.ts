import type { Metric, MetricObjectWithValues, MetricValueWithName, Registry } from 'prom-client';
import { Series } from './series.js';

type Labels = Map<string, Labels | Series>;

/** More sets of labels than this are a mistake: what comes then is counted together. */
const MAX_SERIES = 2000;
const OTHER = 'other';

export interface TimingOptions {
  readonly name: string;
  readonly help: string;
  readonly labels: readonly string[];
  /** Seconds, smallest first. */
  readonly bounds: readonly number[];
}

/**
 * A histogram of Prometheus that costs next to nothing to add to. The one of `prom-client` makes a text of all labels each
 * time, a microsecond, which is more than a request here should pay for being watched.
 */
export class Timing {
  readonly name: string;
  private readonly root: Labels = new Map();
  private readonly series: Series[] = [];

  constructor(
    private readonly options: TimingOptions,
    registry: Registry,
  ) {
    this.name = options.name;
    registry.registerMetric(this as unknown as Metric);
  }

  /** @param values - of the labels, in their order */
  of(...values: readonly string[]): Series {
    let place: Labels | Series | undefined = this.root;
    for (const value of values) {
      place = place instanceof Map ? place.get(value) : undefined;
    }
    return place instanceof Series ? place : this.add(values);
  }

  /** What the registry asks for. */
  get(): Promise<MetricObjectWithValues<MetricValueWithName<string>>> {
    const { name, help } = this.options;
    const values = this.series.flatMap((series) => this.valuesOf(series));
    // `type` and `aggregator` as `prom-client` has them for a histogram.
    const metric = { name, help, type: 'histogram', aggregator: 'sum', values };
    return Promise.resolve(
      metric as unknown as MetricObjectWithValues<MetricValueWithName<string>>,
    );
  }

  private add(values: readonly string[]): Series {
    const { labels, bounds } = this.options;
    const isFull = this.series.length >= MAX_SERIES;
    const kept = isFull ? labels.map(() => OTHER) : values;
    let place = this.root;
    for (const value of kept.slice(0, -1)) {
      let next = place.get(value);
      if (!(next instanceof Map)) place.set(value, (next = new Map()));
      place = next;
    }
    const last = kept.at(-1) ?? '';
    const known = place.get(last);
    if (known instanceof Series) return known;
    const series = new Series(
      Object.fromEntries(labels.map((label, index) => [label, kept[index] ?? ''])),
      bounds,
    );
    place.set(last, series);
    this.series.push(series);
    return series;
  }

  private valuesOf(series: Series): MetricValueWithName<string>[] {
    const { name, bounds } = this.options;
    const { labels, sum } = series;
    const counts = series.cumulative();
    const count = counts.at(-1) ?? 0;
    return [
      ...counts.map((value, index) => ({
        metricName: `${name}_bucket`,
        labels: { ...labels, le: bounds[index] ?? '+Inf' },
        value,
      })),
      { metricName: `${name}_sum`, labels, value: sum },
      { metricName: `${name}_count`, labels, value: count },
    ];
  }
}
