import type { Bindings, Members } from '#query';

/** What is kept of a metric besides its points. */
const ASPECTS = ['last', 'min', 'max'];

/** What is kept of all metrics of an experiment `e`, as one document. */
export const METRICS_SQL = `(
  SELECT jsonb_object_agg(s.key, jsonb_build_object('last', s.last, 'min', s.min, 'max', s.max))
  FROM metric_series s WHERE s.experiment_id = e.experiment_id)`;

/** How the query language names what is kept of a metric: `metrics.loss.min`, `metrics."val.loss".last`. */
export const METRIC_MEMBERS: Members = {
  expected: (keys) => {
    const [, aspect] = keys;
    if (keys.length === 2 && ASPECTS.includes(aspect ?? '')) return undefined;
    return `a metric and one of ${ASPECTS.join(', ')}`;
  },
  sql: ([metric = '', aspect = ''], bindings: Bindings) => {
    // One of a few words, checked when it was parsed.
    const column = ASPECTS.find((name) => name === aspect) ?? 'NULL';
    return `(SELECT to_jsonb(s.${column}) FROM metric_series s
      WHERE s.experiment_id = e.experiment_id AND s.key = ${bindings.bind(metric)}::text)`;
  },
};
