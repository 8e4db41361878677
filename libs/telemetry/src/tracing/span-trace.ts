import {
  SpanKind,
  SpanStatusCode,
  type Context,
  type Span,
  type Tracer as SpanMaker,
} from '@opentelemetry/api';
import type { RequestTrace, TracedAnswer, TracedStatement } from './tracer.js';

/** A request as a span, with its statements as spans below it. */
export class SpanTrace implements RequestTrace {
  readonly traceId: string;

  /** @param within - that which is below the span */
  constructor(
    private readonly spans: SpanMaker,
    private readonly span: Span,
    private readonly within: Context,
  ) {
    this.traceId = span.spanContext().traceId;
  }

  addStatement({ label, start, end, error }: TracedStatement): void {
    if (!this.span.isRecording()) return;
    const attributes = { 'db.system.name': 'postgresql', 'db.query.summary': label };
    const options = { kind: SpanKind.CLIENT, startTime: start, attributes };
    const span = this.spans.startSpan(label, options, this.within);
    if (error !== undefined) {
      span.setAttribute('error.type', error);
      span.setStatus({ code: SpanStatusCode.ERROR });
    }
    span.end(end);
  }

  end({ end, status, caller }: TracedAnswer): void {
    this.span.setAttribute('http.response.status_code', status);
    if (caller !== undefined) this.span.setAttribute('enduser.id', caller);
    // What a client has done wrong is no error of the service.
    if (status >= 500) {
      this.span.setAttribute('error.type', String(status));
      this.span.setStatus({ code: SpanStatusCode.ERROR });
    }
    this.span.end(end);
  }
}
