import { onConnection, type Queries } from '#database';
import { fillIndex } from '#experiment';
import type { Client } from 'pg';
import { BEGIN_IMPORT } from '../archive/archive.sql.js';
import { outsideFailure } from '../archive/outside-failure.js';
import { ownConnection } from '../own-connection.js';
import { bringBack, setAside } from '../set-aside.js';
import {
  ASIDE,
  FOREIGN_KEY,
  INDEXES_OF_EXPERIMENTS,
  INDEXES_OF_NUMBERS,
  KEY_OF_NUMBERS,
  LOCK_ALL,
  LOCK_NUMBERS,
  LOCK_WRITERS,
  STANDING,
} from './bulk.sql.js';

const UNFINISHED =
  'What was imported is here, but its indexes and numbers are not yet: run the command again. It failed with';

export interface BulkOptions {
  /** Is told what is made anew at the end, and how much of it is. */
  readonly onProgress?: (what: string, done: number, total: number) => void;
  /** Is told when the work has failed, and then the end as well. */
  readonly onUnfinished?: (reason: unknown) => void;
}

interface Standing {
  readonly is_set_aside: boolean;
  readonly has_experiments: boolean;
}

/**
 * Does the work of an import. Where there are no experiments yet, what slows many rows down is set aside for it: indexes, which
 * are made of all rows at the end, and the numbers of the experiments, which are filled in then. So it is where an earlier import
 * was cut off, whatever there is to import now. When the work fails, what it has done until then is brought to the same end.
 * @throws whatever the work throws; StartupError when the database cannot be used
 */
export async function inBulk<Result>(
  url: string,
  work: () => Promise<Result>,
  options: BulkOptions = {},
): Promise<Result> {
  if (!(await withClient(url, begin))) return work();
  const end = (): Promise<void> =>
    finish(url, options).catch((error: unknown) => {
      throw outsideFailure(error, UNFINISHED);
    });
  let result: Result;
  try {
    result = await work();
  } catch (error) {
    await end().catch((reason: unknown) => options.onUnfinished?.(reason));
    throw error;
  }
  await end();
  return result;
}

/** @returns whether everything is set aside now */
async function begin(client: Client): Promise<boolean> {
  const before = await standing(client);
  if (before?.is_set_aside === true || before?.has_experiments === true) return before.is_set_aside;
  await client.query(`${BEGIN_IMPORT}; ${LOCK_ALL}`);
  // Others may have been quicker, with an import or with an experiment.
  const now = await standing(client);
  if (now?.has_experiments === false) await setAside(client, ASIDE);
  await client.query('COMMIT');
  return areNumbersAside(onConnection(client));
}

/**
 * Two connections have two cores to work with: one makes the indexes of experiments, and keeps writers away until the other one
 * has filled in the numbers. What that one commits counts only when the first commits as well.
 */
async function finish(url: string, { onProgress }: BulkOptions): Promise<void> {
  let done = 0;
  const tell = (what: string): void => onProgress?.(what, done++, ASIDE.length + 2);
  tell('numbers');
  await withClient(url, async (client) => {
    await client.query(`${BEGIN_IMPORT}; ${LOCK_WRITERS}`);
    // Another import may have come to its end in between.
    if (!(await areNumbersAside(onConnection(client)))) return;
    await Promise.all([
      withClient(url, (other) => fillNumbers(other, tell)),
      bringBack(client, INDEXES_OF_EXPERIMENTS, tell),
    ]);
    await setAside(client, FOREIGN_KEY);
    await bringBack(client, FOREIGN_KEY, tell);
    await client.query('COMMIT');
    await client.query('ANALYZE experiments, experiment_evaluations');
  });
}

async function fillNumbers(client: Client, tell: (what: string) => void): Promise<void> {
  await client.query(`${BEGIN_IMPORT}; ${LOCK_NUMBERS}; TRUNCATE experiment_evaluations`);
  const objects = [...KEY_OF_NUMBERS, ...INDEXES_OF_NUMBERS];
  // Where an earlier end was cut off, they are there.
  await setAside(client, objects);
  await fillIndex(onConnection(client));
  await bringBack(client, objects, tell);
  await client.query('COMMIT');
}

/** Whether an import is under way that fills in the numbers at its end, or one was cut off before that. */
export async function areNumbersAside(database: Queries): Promise<boolean> {
  return (await database.find<Standing>(STANDING, []))?.is_set_aside === true;
}

const standing = (client: Client): Promise<Standing | undefined> =>
  onConnection(client).find<Standing>(STANDING, []);

async function withClient<Result>(
  url: string,
  work: (client: Client) => Promise<Result>,
): Promise<Result> {
  const client = await ownConnection(url, 'modeldb import');
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
