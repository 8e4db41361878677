import { describe, expect, it } from '@jest/globals';
import { loadConfig } from '#config';

const OTEL_EXPORTER_OTLP_ENDPOINT = 'http://collector:4318';

describe('loadConfig', () => {
  it.each([
    [{}, undefined],
    [{ OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json' }, undefined],
    [{ OTEL_EXPORTER_OTLP_ENDPOINT }, 'http/protobuf'],
    [{ OTEL_EXPORTER_OTLP_ENDPOINT: '' }, undefined],
    [{ OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'http://collector:4318/v1/traces' }, 'http/protobuf'],
    [{ OTEL_EXPORTER_OTLP_ENDPOINT, OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json' }, 'http/json'],
    [
      {
        OTEL_EXPORTER_OTLP_ENDPOINT,
        OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
        OTEL_EXPORTER_OTLP_TRACES_PROTOCOL: 'http/protobuf',
      },
      'http/protobuf',
    ],
    [{ OTEL_EXPORTER_OTLP_ENDPOINT, OTEL_SDK_DISABLED: 'true' }, undefined],
    [{ OTEL_EXPORTER_OTLP_ENDPOINT, OTEL_SDK_DISABLED: 'False' }, 'http/protobuf'],
    [{ OTEL_EXPORTER_OTLP_ENDPOINT, OTEL_TRACES_EXPORTER: 'none' }, undefined],
    [{ OTEL_EXPORTER_OTLP_ENDPOINT, OTEL_TRACES_EXPORTER: 'console, otlp' }, 'http/protobuf'],
  ])('with %j traces are sent by: %s', (environment, protocol) => {
    expect(loadConfig(environment).traceProtocol).toBe(protocol);
  });

  it('knows no gRPC', () => {
    expect(() => loadConfig({ OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc' })).toThrow(
      '  - OTEL_EXPORTER_OTLP_PROTOCOL must be one of http/protobuf, http/json',
    );
  });
});
