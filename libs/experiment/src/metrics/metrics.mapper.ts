import { jsonWriter, type JsonText } from '#http';
import type { MetricsQuery } from './dto/metrics.query.js';
import type { MetricPointRow, MetricsRequest, MetricSummaryRow } from './metrics.types.js';

const summary = jsonWriter<keyof MetricSummaryRow>({
  key: 'text',
  count: 'json',
  last: 'json',
  last_step: 'json',
  last_timestamp: 'time',
  min: 'json',
  max: 'json',
});

const point = jsonWriter<Exclude<keyof MetricPointRow, 'experiment_id'>>({
  key: 'text',
  step: 'json',
  timestamp: 'time',
  value: 'json',
});

const experimentPoint = jsonWriter<keyof MetricPointRow>({
  experiment_id: 'text',
  key: 'text',
  step: 'json',
  timestamp: 'time',
  value: 'json',
});

export function writeSummary(row: MetricSummaryRow): JsonText {
  const { last, min, max } = row;
  return summary({ ...row, last: numberJson(last), min: numberJson(min), max: numberJson(max) });
}

export function writePoint(row: MetricPointRow): JsonText {
  return point({ ...row, value: numberJson(row.value) });
}

export function writeExperimentPoint(row: MetricPointRow): JsonText {
  return experimentPoint({ ...row, value: numberJson(row.value) });
}

export function metricsRequest({
  key: keys,
  max_points: maxPoints,
}: MetricsQuery): Omit<MetricsRequest, 'experimentIds'> {
  return { keys, maxPoints };
}

/** A number, as PostgreSQL writes it, as JSON: what is not finite has no number there. */
function numberJson(text: string): JsonText {
  return /^-?\d/.test(text) ? text : `"${text}"`;
}
