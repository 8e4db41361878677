import { onConnection, type Queries } from '#database';
import { fillIndex } from '#experiment';
import type { Client } from 'pg';
import { BEGIN_IMPORT } from '../archive/archive.sql.js';
import { outsideFailure } from '../archive/outside-failure.js';
import { ownConnection } from '../own-connection.js';
import { bringBack, setAside } from '../set-aside.js';
import { ASIDE, KEY_OF_NUMBERS, LOCK_ALL, LOCK_WRITERS, STANDING } from './bulk.sql.js';

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
  const isSetAside = await withClient(url, begin, 'Indexes could not be set aside');
  if (!isSetAside) return work();
  const end = (): Promise<void> => withClient(url, (client) => finish(client, options), UNFINISHED);
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

async function finish(client: Client, { onProgress }: BulkOptions): Promise<void> {
  const objects = [...KEY_OF_NUMBERS, ...ASIDE];
  onProgress?.('numbers', 0, objects.length + 1);
  await client.query(`${BEGIN_IMPORT}; ${LOCK_WRITERS}`);
  // Another import may have come to its end in between.
  if (!(await areNumbersAside(onConnection(client)))) return;
  await client.query('TRUNCATE experiment_evaluations');
  // Somebody may have made some of it by hand.
  await setAside(client, objects);
  await fillIndex(onConnection(client));
  await bringBack(
    objects,
    ({ definition }) => client.query(definition),
    (name, done, total) => onProgress?.(name, done + 1, total + 1),
  );
  await client.query('COMMIT');
  await client.query('ANALYZE experiments, experiment_evaluations');
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
  failure: string,
): Promise<Result> {
  const client = await ownConnection(url, 'modeldb import');
  try {
    return await work(client);
  } catch (error) {
    throw outsideFailure(error, failure);
  } finally {
    await client.end();
  }
}
