import { StartupError } from '#errors';
import pg from 'pg';
import { measureCapacity, NotEmptyError } from './capacity/measure.js';
import { readOptions, USAGE } from './capacity/options.js';
import { formatCapacity } from './capacity/report.js';
import { Caller } from './support/caller.js';
import type { Cleanup } from './support/cleanup.js';
import { Program } from './support/program.js';
import { runProgram } from './support/run-program.js';
import { openTarget } from './support/target.js';

/** Sizes do not depend on what a crash would do. */
const FAST = { fsync: 'off', full_page_writes: 'off' };

async function main(cleanup: Cleanup): Promise<number> {
  const options = readOptions(process.argv.slice(2));
  if (!options) {
    console.log(USAGE);
    return 0;
  }
  const url = await openTarget(options.place, cleanup, FAST);
  const service = await Program.modelDb(url, cleanup, { AUDIT_SEAL_SECONDS: '1' });
  const caller = new Caller(service.url);
  cleanup.add(() => {
    caller.close();
  });
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  cleanup.add(() => client.end());
  const lines = await measureCapacity(client, caller, options.amounts, (name) => {
    console.error(name);
  });
  console.log(formatCapacity(lines));
  return 0;
}

await runProgram(USAGE, main, [NotEmptyError, StartupError]);
