/** What is known of a request when it arrives. Times are those of `performance.now()`. */
export interface TracedRequest {
  readonly start: number;
  readonly method: string;
  /** The template of its route: `/experiments/id/{experiment_id}`. */
  readonly route: string | undefined;
  readonly scheme: string;
  readonly requestId: string;
  /** The W3C headers of whoever sends it. */
  readonly traceparent: string | undefined;
  readonly tracestate: string | undefined;
}

/** What is known of it when it was answered. */
export interface TracedAnswer {
  readonly end: number;
  readonly status: number;
  /** Who has sent the request. */
  readonly caller: string | undefined;
}

/** A statement that was run. */
export interface TracedStatement {
  /** As in metrics: no value stands in it. */
  readonly label: string;
  readonly start: number;
  readonly end: number;
  /** Of the error that it ended with. */
  readonly error: string | undefined;
}

/** The part of a trace that a request is. */
export interface RequestTrace {
  readonly traceId: string;
  addStatement(statement: TracedStatement): void;
  end(answer: TracedAnswer): void;
}

/** Follows requests. */
export interface Tracer {
  begin(request: TracedRequest): RequestTrace;
}

/** A tracer that sends away what it has seen. */
export interface Tracing {
  readonly tracer: Tracer;
  /** Sends what is left, if that takes no more than a few seconds. */
  stop(): Promise<void>;
}
