/** What is kept of a metric; numbers as PostgreSQL's text. */
export interface MetricSummaryRow {
  readonly key: string;
  readonly count: string;
  readonly last: string;
  readonly last_step: string;
  readonly last_timestamp: string;
  readonly min: string;
  readonly max: string;
}

/** A point of a learning curve. */
export interface MetricPointRow {
  readonly experiment_id: string;
  readonly key: string;
  readonly step: string;
  readonly timestamp: string;
  readonly value: string;
}

/** Points to be added: the members of each stand at its place in the lists. */
export interface NewPoints {
  /** The metrics they are of, each once. */
  readonly keys: readonly string[];
  /** Their times, each once; `null`: now. */
  readonly times: readonly (string | null)[];
  /** Which of the keys each has, from 1. */
  readonly keyPlaces: readonly number[];
  /** Which of the times, from 1. */
  readonly timePlaces: readonly number[];
  readonly steps: readonly number[];
  readonly values: readonly string[];
}

/** Which points are read. */
export interface MetricsRequest {
  readonly experimentIds: readonly string[];
  /** Absent: all metrics. */
  readonly keys?: readonly string[] | undefined;
  /** Of each metric at most; absent: all. */
  readonly maxPoints?: number | undefined;
}
