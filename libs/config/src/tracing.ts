import { z } from 'zod';

/** How traces are sent; both over HTTP. */
const PROTOCOLS = ['http/protobuf', 'http/json'] as const;
export type TraceProtocol = (typeof PROTOCOLS)[number];

const protocol = z
  .enum(PROTOCOLS, { message: `must be one of ${PROTOCOLS.join(', ')}` })
  .optional();

/**
 * The standard variables that switch traces on. OpenTelemetry itself reads these and the others, such as
 * `OTEL_SERVICE_NAME` and `OTEL_TRACES_SAMPLER`.
 */
export const tracingShape = {
  OTEL_EXPORTER_OTLP_ENDPOINT: z.string().optional(),
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: z.string().optional(),
  OTEL_EXPORTER_OTLP_PROTOCOL: protocol,
  OTEL_EXPORTER_OTLP_TRACES_PROTOCOL: protocol,
  OTEL_TRACES_EXPORTER: z.string().default('otlp'),
  OTEL_SDK_DISABLED: z.string().default('false'),
};
type TracingEnvironment = z.infer<z.ZodObject<typeof tracingShape>>;

/** How traces are sent; `undefined`: there are none. */
export function traceProtocolOf(settings: TracingEnvironment): TraceProtocol | undefined {
  const { OTEL_EXPORTER_OTLP_ENDPOINT: forAll, OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: own } = settings;
  const isOff = settings.OTEL_SDK_DISABLED.toLowerCase() === 'true';
  const exporters = settings.OTEL_TRACES_EXPORTER.split(',').map((name) => name.trim());
  if (isOff || !exporters.includes('otlp') || (own ?? forAll) === undefined) return undefined;
  return (
    settings.OTEL_EXPORTER_OTLP_TRACES_PROTOCOL ??
    settings.OTEL_EXPORTER_OTLP_PROTOCOL ??
    'http/protobuf'
  );
}
