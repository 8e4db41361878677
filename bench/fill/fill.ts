import type { Client } from 'pg';
import { experimentRows, modelRows, projectRows } from '../data/copy-text.js';
import { generateExperiments } from '../data/experiment.js';
import type { DataSet } from '../data/placement.js';
import { makePlan } from '../data/plan.js';
import { sendRows } from './send-rows.js';
import { setAside } from './set-aside.js';

/** Told what is being done, and how far it has come. */
export interface FillProgress {
  step(name: string): void;
  rows(done: number, total: number): void;
}

/** The database has rows, and nobody said that they may go. */
export class NotEmptyError extends Error {
  override readonly name = 'NotEmptyError';
}

/** Those of metrics and members stay empty, but what hangs off experiments and projects goes with them. */
const TABLES = [
  'projects',
  'models',
  'experiments',
  'experiment_evaluations',
  'metric_series',
  'metric_points',
  'project_members',
];

/** The statement that the migration of the index table fills it with. */
const INDEX_EVALUATIONS = `
  INSERT INTO experiment_evaluations (experiment_id, key, value, model_id, project_id)
  SELECT e.experiment_id, leaf.key, leaf.value, e.model_id, e.project_id
  FROM experiments e, numeric_leaves(e.evaluations) leaf`;

/**
 * Fills a migrated database with a data set. It is one transaction: what fails or is broken off leaves the database as it
 * was, indexes and all.
 *
 * @param replace deletes every project, model and experiment that is there; without it they are a reason to refuse
 * @throws NotEmptyError
 */
export async function fill(
  client: Client,
  dataSet: DataSet,
  replace: boolean,
  progress: FillProgress,
): Promise<void> {
  await client.query('BEGIN');
  try {
    // Nobody writes in between, and nobody has to wait for long to be told.
    await client.query(`LOCK TABLE ${TABLES.join(', ')} IN ACCESS EXCLUSIVE MODE`);
    if (!replace) await refuseUnlessEmpty(client);
    await client.query(`SET LOCAL maintenance_work_mem = '1GB'`);
    await load(client, dataSet, progress);
    progress.step('commit');
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  }
  progress.step('vacuum and analyze');
  await client.query(`VACUUM (ANALYZE) ${TABLES.join(', ')}`);
}

async function refuseUnlessEmpty(client: Client): Promise<void> {
  const { rowCount } = await client.query('SELECT FROM projects LIMIT 1');
  if (rowCount !== 0) {
    throw new NotEmptyError('the database has projects; --replace deletes all that is in it first');
  }
}

async function load(client: Client, dataSet: DataSet, progress: FillProgress): Promise<void> {
  const { drop, create } = await setAside(client, TABLES);
  for (const statement of drop) await client.query(statement);
  // Also lets PostgreSQL go without a log of what follows, where its wal_level is minimal.
  await client.query(`TRUNCATE ${TABLES.join(', ')}`);

  const plan = makePlan(dataSet.seed);
  await sendRows(client, projectRows, plan.projects);
  await sendRows(client, modelRows, plan.models);
  progress.step('experiments');
  await sendRows(client, experimentRows, generateExperiments(plan, dataSet), (done) => {
    progress.rows(done, dataSet.experiments);
  });
  progress.step('experiment_evaluations');
  await client.query(INDEX_EVALUATIONS);
  for (const { name, sql } of create) {
    progress.step(name);
    await client.query(sql);
  }
}
