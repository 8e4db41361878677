import type { Client } from 'pg';
import type { Caller } from '../support/caller.js';
import { growth, measureSizes, type Sizes, type TableSize } from './sizes.js';
import {
  changeExperiments,
  makeModels,
  recordExperiments,
  recordPoints,
  type Amounts,
} from './write-records.js';

/** What something takes on disk. */
export interface Line extends TableSize {
  readonly what: string;
}

/** The database has projects, whose sizes would be taken for what is measured. */
export class NotEmptyError extends Error {
  override readonly name = 'NotEmptyError';
}

/**
 * Writes through the service, and looks how large its tables become.
 * @param step - told what is being done
 * @throws NotEmptyError
 */
export async function measureCapacity(
  client: Client,
  caller: Caller,
  { experiments, points, changes }: Amounts,
  step: (name: string) => void,
): Promise<Line[]> {
  const { rowCount } = await client.query('SELECT FROM projects LIMIT 1');
  if (rowCount !== 0) throw new NotEmptyError('the database has projects: measure in an empty one');
  const models = await makeModels(caller);
  const empty = await measureSizes(client);
  step(`${experiments} experiments`);
  const ids = await recordExperiments(caller, models, experiments);
  const recorded = await measureSizes(client);
  step(`${points} points`);
  await recordPoints(caller, ids, points);
  const measured = await measureSizes(client);
  step(`${changes} changes`);
  await changeExperiments(caller, ids, changes);
  const changed = await measureSizes(client);
  const numbers = growth(empty, recorded, ['experiment_evaluations']);
  return [
    { what: 'an experiment', ...growth(empty, recorded, ['experiments']) },
    { what: 'its numbers in the index', ...numbers, rows: ids.length },
    { what: 'its event in the audit', ...growth(empty, recorded, ['audit_events']) },
    { what: 'a point of a metric', ...growth(recorded, measured, ['metric_points']) },
    {
      what: 'a curve',
      ...growth(recorded, measured, ['metric_series', 'experiment_evaluations']),
    },
    { what: 'the event of a change', ...(await changeEvents(client, changed)) },
    { what: 'a remembered answer', ...growth(measured, changed, ['idempotency_keys']) },
    { what: 'the seal of an event', ...(await seals(client, changed)) },
  ];
}

/** There are too few of them to be seen in how much the table has grown: pages that were half empty take them. */
async function changeEvents(client: Client, sizes: Sizes): Promise<TableSize> {
  const { rows } = await client.query<{ count: number; bytes: number }>(
    `SELECT count(*)::float8 AS count, sum(pg_column_size(e.*))::float8 AS bytes
     FROM audit_events e WHERE action = 'experiment.merge_evaluations'`,
  );
  const { count = 0, bytes = 0 } = rows[0] ?? {};
  const all = sizes.get('audit_events') ?? { rows: 1, indexes: 0 };
  return { rows: count, table: bytes, indexes: (count * all.indexes) / all.rows };
}

async function seals(client: Client, sizes: Sizes): Promise<TableSize> {
  const { rows } = await client.query<{ events: number }>(
    'SELECT coalesce(sum(cardinality(event_ids)), 0)::float8 AS events FROM audit_seals',
  );
  const { table, indexes } = sizes.get('audit_seals') ?? { table: 0, indexes: 0 };
  return { rows: rows[0]?.events ?? 0, table, indexes };
}
