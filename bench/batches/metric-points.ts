import type { Client } from 'pg';
import { line } from '../data/copy-text.js';
import { Random } from '../data/random.js';
import type { Call } from '../support/caller.js';
import type { BatchCase } from './cases.js';
import { sender } from './contestant.js';
import { copier, type CopiedRows } from './copy.js';

const KEYS = Array.from({ length: 10 }, (_, index) => `bench/metric_${index}`);
const STEPS = 1000;
const START = Date.UTC(2025, 0, 1);

/** How many points a batch has. */
export const METRIC_BATCH = KEYS.length * STEPS;

interface Point {
  readonly key: string;
  readonly value: number;
  readonly step: number;
  readonly timestamp: string;
}

/**
 * Points of ten curves that go on where the batch before has ended. What is kept of each curve as a whole is ten rows, which
 * COPY leaves out.
 */
export const METRIC_POINTS: BatchCase = {
  name: 'batches: 10,000 metric points',
  rows: METRIC_BATCH,
  async enter({ modelDb, stock, client }) {
    const [ours = '', theirs = ''] = stock.experiments;
    const [ourPoints, theirPoints] = [metricBatches(1), metricBatches(2)];
    // COPY needs curves that exist: their first points come through Model DB.
    await sender(modelDb, () => callOf(theirs, theirPoints()))();
    const series = await seriesOf(client, theirs);
    return {
      modelDb: sender(modelDb, () => callOf(ours, ourPoints())),
      copy: copier(client, () => [rowsOf(theirPoints(), series)]),
    };
  },
};

function callOf(experiment: string, metrics: readonly Point[]): Call {
  const path = `/experiments/id/${experiment}/metrics`;
  return { method: 'POST', path, body: JSON.stringify({ metrics }) };
}

/** Makes the next points of ten curves at each call. */
export function metricBatches(seed: number): () => Point[] {
  const random = new Random(seed, 0);
  let step = 0;
  return () => {
    const points: Point[] = [];
    for (const end = step + STEPS; step < end; step += 1) {
      const timestamp = new Date(START + 1000 * step).toISOString();
      for (const key of KEYS) points.push({ key, value: random.next(), step, timestamp });
    }
    return points;
  };
}

async function seriesOf(client: Client, experiment: string): Promise<Map<string, string>> {
  const { rows } = await client.query<{ key: string; series_id: string }>(
    'SELECT key, series_id::text FROM metric_series WHERE experiment_id = $1',
    [experiment],
  );
  return new Map(rows.map(({ key, series_id: id }) => [key, id]));
}

function rowsOf(points: readonly Point[], series: ReadonlyMap<string, string>): CopiedRows {
  return {
    table: 'metric_points',
    columns: ['series_id', 'step', 'recorded', 'value'],
    lines: points.map(({ key, value, step, timestamp }) =>
      line(series.get(key), String(step), timestamp, String(value)),
    ),
  };
}
