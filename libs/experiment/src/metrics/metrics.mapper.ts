import { jsonWriter } from '#http';
import type { MetricsQuery } from './dto/metrics.query.js';
import type { MetricPointRow, MetricsRequest, MetricSummaryRow } from './metrics.types.js';

export const writeSummary = jsonWriter<keyof MetricSummaryRow>({
  key: 'text',
  count: 'json',
  last: 'number',
  last_step: 'json',
  last_timestamp: 'time',
  min: 'number',
  max: 'number',
});

export const writePoint = jsonWriter<Exclude<keyof MetricPointRow, 'experiment_id'>>({
  key: 'text',
  step: 'json',
  timestamp: 'time',
  value: 'number',
});

export const writeExperimentPoint = jsonWriter<keyof MetricPointRow>({
  experiment_id: 'text',
  key: 'text',
  step: 'json',
  timestamp: 'time',
  value: 'number',
});

export function metricsRequest({
  key: keys,
  max_points: maxPoints,
}: MetricsQuery): Omit<MetricsRequest, 'experimentIds'> {
  return { keys, maxPoints };
}
