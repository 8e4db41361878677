import { StartupError } from '#errors';
import pg from 'pg';
import { fill, NotEmptyError } from './fill/fill.js';
import { readOptions, USAGE, type FillOptions } from './fill/options.js';
import { printProgress } from './fill/print-progress.js';
import { relationSizes } from './fill/sizes.js';
import type { Cleanup } from './support/cleanup.js';
import { runProgram } from './support/run-program.js';
import { formatTable } from './support/table.js';
import { openTarget } from './support/target.js';

/** Data that can be made again needs no safety while it is written; a clean stop leaves it whole. */
const FAST = {
  fsync: 'off',
  full_page_writes: 'off',
  wal_level: 'minimal',
  max_wal_senders: '0',
  max_wal_size: '8GB',
  shared_buffers: '512MB',
};

async function main(cleanup: Cleanup): Promise<number> {
  const options = readOptions(process.argv.slice(2));
  if (!options) {
    console.log(USAGE);
    return 0;
  }
  await fillDatabase(await openTarget(options.place, cleanup, FAST), options);
  return 0;
}

async function fillDatabase(url: string, { dataSet, replace }: FillOptions): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  // A connection that is lost while rows are sent is said here only; the COPY then fails.
  client.on('error', (error) => {
    console.error(`The connection to PostgreSQL was lost: ${error.message}`);
  });
  await client.connect();
  try {
    const progress = printProgress();
    await fill(client, dataSet, replace, progress);
    progress.step('done');
    const sizes = await relationSizes(client);
    const rows = sizes.map(({ name, rows, bytes }) => [name, rows, (bytes / 2 ** 20).toFixed(0)]);
    console.log(formatTable(['relation', 'rows', 'MiB'], rows));
  } finally {
    await client.end();
  }
}

await runProgram(USAGE, main, [NotEmptyError, StartupError]);
