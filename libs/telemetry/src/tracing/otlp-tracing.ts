import { Logger } from '@nestjs/common';
import {
  defaultTextMapGetter,
  ROOT_CONTEXT,
  SpanKind,
  trace,
  type Tracer as SpanMaker,
} from '@opentelemetry/api';
import { setGlobalErrorHandler, W3CTraceContextPropagator } from '@opentelemetry/core';
import { detectResources, envDetector, resourceFromAttributes } from '@opentelemetry/resources';
import {
  BasicTracerProvider,
  BatchSpanProcessor,
  type SpanExporter,
} from '@opentelemetry/sdk-trace-base';
import { NowAndThen } from '../now-and-then.js';
import { SpanTrace } from './span-trace.js';
import type { RequestTrace, TracedRequest, Tracer, Tracing } from './tracer.js';

const SERVICE = 'modeldb';
/** Nobody waits longer for a collector when the service ends. */
const PATIENCE_MS = 3000;
const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

/**
 * Traces as OpenTelemetry has them, sent in batches beside the work. Sampler, batches, limits and the name of the service
 * are what its standard variables say. What cannot be sent is dropped.
 */
export class OtlpTracing implements Tracing, Tracer {
  readonly tracer = this;
  private readonly provider: BasicTracerProvider;
  private readonly spans: SpanMaker;
  private readonly propagator = new W3CTraceContextPropagator();

  constructor(exporter: SpanExporter, version: string) {
    const given = detectResources({ detectors: [envDetector] });
    const own = resourceFromAttributes({ 'service.name': SERVICE, 'service.version': version });
    this.provider = new BasicTracerProvider({
      resource: own.merge(given),
      spanProcessors: [new BatchSpanProcessor(exporter)],
    });
    this.spans = this.provider.getTracer(SERVICE, version);
    tellFailures();
  }

  begin({ start, method, route, scheme, requestId, ...headers }: TracedRequest): RequestTrace {
    const parent = this.propagator.extract(ROOT_CONTEXT, headers, defaultTextMapGetter);
    const known = METHODS.has(method) ? method : '_OTHER';
    const name = METHODS.has(method) ? method : 'HTTP';
    const span = this.spans.startSpan(
      route === undefined ? name : `${name} ${route}`,
      {
        kind: SpanKind.SERVER,
        startTime: start,
        attributes: {
          'http.request.method': known,
          'url.scheme': scheme,
          'modeldb.request_id': requestId,
          ...(route !== undefined && { 'http.route': route }),
        },
      },
      parent,
    );
    return new SpanTrace(this.spans, span, trace.setSpan(parent, span));
  }

  async stop(): Promise<void> {
    const ended = this.provider.shutdown().catch(() => undefined);
    await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, PATIENCE_MS).unref())]);
  }
}

/** A collector that is away fails for each batch. */
function tellFailures(): void {
  const logger = new Logger('Traces');
  let cause = '';
  const failures = new NowAndThen((count) => {
    logger.warn({ msg: 'traces could not be sent, and are dropped', failures: count, cause });
  }, 60_000);
  setGlobalErrorHandler((error) => {
    cause = typeof error === 'string' ? error : String(error.message);
    failures.note();
  });
}
