import type { Config } from '#config';
import type { Tracing } from './tracer.js';

/**
 * Begins to make traces. Nothing of OpenTelemetry's SDK is loaded before this is called: it takes memory and time that
 * only those should pay who want it.
 * @param version - of the service
 */
export async function startTracing(
  protocol: NonNullable<Config['traceProtocol']>,
  version: string,
): Promise<Tracing> {
  const { OtlpTracing } = await import('./otlp-tracing.js');
  return new OtlpTracing(await exporterOf(protocol), version);
}

async function exporterOf(protocol: NonNullable<Config['traceProtocol']>) {
  const { OTLPTraceExporter } =
    protocol === 'http/json'
      ? await import('@opentelemetry/exporter-trace-otlp-http')
      : await import('@opentelemetry/exporter-trace-otlp-proto');
  return new OTLPTraceExporter();
}
