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

/** Points to be added. */
export interface NewPoints {
  /** A JSON array of points. */
  readonly text: string;
  /** The metrics they are of, each once. */
  readonly keys: readonly string[];
}

/** Which points are read. */
export interface MetricsRequest {
  readonly experimentIds: readonly string[];
  /** Absent: all metrics. */
  readonly keys?: readonly string[] | undefined;
  /** Of each metric at most; absent: all. */
  readonly maxPoints?: number | undefined;
}
